package dev.godwit.loader.memcached;

import dev.godwit.testkit.contract.LoaderContract;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsMemcached.class)
class MemcachedLoaderContractTest extends LoaderContract implements ContractGiven {}
