package dev.godwit.extractor.redis;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorContract;
import dev.godwit.testkit.contract.ExtractorSample;

class ClusterExtractorContractTest extends ExtractorContract {
  @Override
  protected ExtractorProvider provider() {
    return new RedisExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ClusterSample.read();
  }
}
