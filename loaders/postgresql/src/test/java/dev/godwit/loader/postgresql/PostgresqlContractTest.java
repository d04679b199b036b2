package dev.godwit.loader.postgresql;

import dev.godwit.testkit.contract.LoaderContract;

class PostgresqlContractTest extends LoaderContract implements ContractGiven {}
