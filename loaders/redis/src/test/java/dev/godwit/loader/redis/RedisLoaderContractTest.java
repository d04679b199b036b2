package dev.godwit.loader.redis;

import dev.godwit.testkit.contract.LoaderContract;

class RedisLoaderContractTest extends LoaderContract implements ContractGiven {}
