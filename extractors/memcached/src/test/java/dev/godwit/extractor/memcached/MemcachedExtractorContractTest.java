package dev.godwit.extractor.memcached;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorContract;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsMemcached.class)
class MemcachedExtractorContractTest extends ExtractorContract {
  @Override
  protected ExtractorProvider provider() {
    return new MemcachedExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ContractSample.get();
  }
}
