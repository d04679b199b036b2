package dev.godwit.loader.mongodb;

import dev.godwit.testkit.contract.LoaderResumeContract;
import dev.godwit.testkit.server.mongo.RanAgainst;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RanAgainst.class)
class MongoLoaderResumeContractTest extends LoaderResumeContract implements ContractGiven {}
