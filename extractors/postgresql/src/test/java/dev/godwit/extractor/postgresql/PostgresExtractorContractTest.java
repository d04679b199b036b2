package dev.godwit.extractor.postgresql;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorContract;
import dev.godwit.testkit.contract.ExtractorSample;

class PostgresExtractorContractTest extends ExtractorContract {
  @Override
  protected ExtractorProvider provider() {
    return new PostgresExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ContractSample.sample();
  }
}
