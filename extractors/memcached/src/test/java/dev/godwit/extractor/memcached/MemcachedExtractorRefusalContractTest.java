package dev.godwit.extractor.memcached;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorRefusalContract;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NeedsMemcached.class)
class MemcachedExtractorRefusalContractTest extends ExtractorRefusalContract {
  @Override
  protected ExtractorProvider provider() {
    return new MemcachedExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ContractSample.get();
  }
}
