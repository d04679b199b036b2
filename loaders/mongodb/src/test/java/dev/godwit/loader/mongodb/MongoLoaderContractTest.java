package dev.godwit.loader.mongodb;

import dev.godwit.testkit.contract.LoaderContract;

class MongoLoaderContractTest extends LoaderContract implements ContractGiven {}
