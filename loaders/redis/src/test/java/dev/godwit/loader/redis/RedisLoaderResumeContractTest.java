package dev.godwit.loader.redis;

import dev.godwit.testkit.contract.LoaderResumeContract;

class RedisLoaderResumeContractTest extends LoaderResumeContract implements ContractGiven {}
