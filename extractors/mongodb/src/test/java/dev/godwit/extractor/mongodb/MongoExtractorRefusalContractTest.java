package dev.godwit.extractor.mongodb;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorRefusalContract;
import dev.godwit.testkit.contract.ExtractorSample;

class MongoExtractorRefusalContractTest extends ExtractorRefusalContract {
  @Override
  protected ExtractorProvider provider() {
    return new MongoExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ContractSample.sample();
  }
}
