package dev.godwit.extractor.postgresql;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorBatchContract;
import dev.godwit.testkit.contract.ExtractorSample;

class PostgresExtractorBatchContractTest extends ExtractorBatchContract {
  @Override
  protected ExtractorProvider provider() {
    return new PostgresExtractorProvider();
  }

  @Override
  protected ExtractorSample sample() {
    return ContractSample.sample();
  }
}
