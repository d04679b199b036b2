package dev.godwit.loader.postgresql;

import dev.godwit.testkit.contract.LoaderResumeContract;

class PostgresqlResumeContractTest extends LoaderResumeContract implements ContractGiven {}
