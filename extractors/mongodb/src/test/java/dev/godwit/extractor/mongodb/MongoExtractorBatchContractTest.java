package dev.godwit.extractor.mongodb;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorBatchContract;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.server.mongo.RanAgainst;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RanAgainst.class)
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
