package dev.godwit.loader.postgresql;

import dev.godwit.testkit.contract.LoaderRefusalContract;

class PostgresqlRefusalContractTest extends LoaderRefusalContract implements ContractGiven {}
