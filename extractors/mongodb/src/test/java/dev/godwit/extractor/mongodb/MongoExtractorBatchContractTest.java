package dev.godwit.extractor.mongodb;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorBatchContract;
import dev.godwit.testkit.contract.ExtractorSample;

class MongoExtractorBatchContractTest extends ExtractorBatchContract {
  @Override
  protected ExtractorProvider provider() {
    return new MongoExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ContractSample.sample();
  }
}
