package dev.godwit.loader.mongodb;

import dev.godwit.testkit.contract.LoaderResumeContract;

class MongoLoaderResumeContractTest extends LoaderResumeContract implements ContractGiven {}
