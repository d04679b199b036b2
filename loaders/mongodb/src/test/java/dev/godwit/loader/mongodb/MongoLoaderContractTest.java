package dev.godwit.loader.mongodb;

import dev.godwit.testkit.contract.LoaderContract;
import dev.godwit.testkit.server.mongo.RanAgainst;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RanAgainst.class)
class MongoLoaderContractTest extends LoaderContract implements ContractGiven {}
