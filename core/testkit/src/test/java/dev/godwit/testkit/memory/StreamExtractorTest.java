package dev.godwit.testkit.memory;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.testkit.contract.ExtractorBatchContract;
import dev.godwit.testkit.contract.ExtractorContract;
import dev.godwit.testkit.contract.ExtractorRefusalContract;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.sample.GeneratedBytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class StreamExtractorTest {
  private static MemoryScene scene;

  @BeforeAll
  static void fill() {
    scene = new MemoryScene(Shape.STREAM, GeneratedBytes.gigabyte());
  }

  @AfterAll
  static void empty() {
    scene.close();
  }

  @Nested
  class Rows extends ExtractorContract {
    @Override
    protected ExtractorProvider provider() {
      return scene.server().reading();
    }

    @Override
    protected ExtractorSample sample() {
      return scene.extractorSample();
    }
  }

  @Nested
  class Batches extends ExtractorBatchContract {
    @Override
    protected ExtractorProvider provider() {
      return scene.server().reading();
    }

    @Override
    protected ExtractorSample sample() {
      return scene.extractorSample();
    }
  }

  @Nested
  class Refusals extends ExtractorRefusalContract {
    @Override
    protected ExtractorProvider provider() {
      return scene.server().reading();
    }

    @Override
    protected ExtractorSample sample() {
      return scene.extractorSample();
    }
  }
}
