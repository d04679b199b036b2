package dev.godwit.extractor.redis;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorBatchContract;
import dev.godwit.testkit.contract.ExtractorSample;

class ClusterExtractorBatchContractTest extends ExtractorBatchContract {
  @Override
  protected ExtractorProvider provider() {
    return new RedisExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ClusterSample.read();
  }
}
