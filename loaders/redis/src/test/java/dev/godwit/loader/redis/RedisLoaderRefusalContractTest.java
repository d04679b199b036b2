package dev.godwit.loader.redis;

import dev.godwit.testkit.contract.LoaderRefusalContract;

class RedisLoaderRefusalContractTest extends LoaderRefusalContract implements ContractGiven {}
