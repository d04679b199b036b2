package dev.godwit.loader.memcached;

import dev.godwit.testkit.contract.LoaderRefusalContract;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsMemcached.class)
class MemcachedLoaderRefusalContractTest extends LoaderRefusalContract implements ContractGiven {}
