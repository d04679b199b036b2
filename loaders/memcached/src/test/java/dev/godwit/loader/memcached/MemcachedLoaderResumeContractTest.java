package dev.godwit.loader.memcached;

import dev.godwit.testkit.contract.LoaderResumeContract;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsMemcached.class)
class MemcachedLoaderResumeContractTest extends LoaderResumeContract implements ContractGiven {}
