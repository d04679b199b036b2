package dev.godwit.extractor.postgresql;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorRefusalContract;
import dev.godwit.testkit.contract.ExtractorSample;

class PostgresExtractorRefusalContractTest extends ExtractorRefusalContract {
  @Override
  protected ExtractorProvider provider() {
    return new PostgresExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ContractSample.sample();
  }
}
