package dev.godwit.extractor.redis;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorRefusalContract;
import dev.godwit.testkit.contract.ExtractorSample;

class ClusterExtractorRefusalContractTest extends ExtractorRefusalContract {
  @Override
  protected ExtractorProvider provider() {
    return new RedisExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ClusterSample.read();
  }
}
