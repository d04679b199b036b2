package dev.godwit.loader.mongodb;

import dev.godwit.testkit.contract.LoaderRefusalContract;
import dev.godwit.testkit.server.mongo.RanAgainst;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RanAgainst.class)
class MongoLoaderRefusalContractTest extends LoaderRefusalContract implements ContractGiven {}
