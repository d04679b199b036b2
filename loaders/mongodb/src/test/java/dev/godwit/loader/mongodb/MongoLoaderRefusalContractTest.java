package dev.godwit.loader.mongodb;

import dev.godwit.testkit.contract.LoaderRefusalContract;

class MongoLoaderRefusalContractTest extends LoaderRefusalContract implements ContractGiven {}
