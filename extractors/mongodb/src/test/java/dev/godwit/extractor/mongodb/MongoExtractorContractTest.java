package dev.godwit.extractor.mongodb;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorContract;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.server.mongo.RanAgainst;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RanAgainst.class)
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
