package dev.godwit.extractor.mongodb;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorContract;
import dev.godwit.testkit.contract.ExtractorSample;

class MongoExtractorContractTest extends ExtractorContract {
  @Override
  protected ExtractorProvider provider() {
    return new MongoExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ContractSample.sample();
  }
}
