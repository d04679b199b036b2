package dev.godwit.testkit.memory;

import dev.godwit.testkit.contract.LoaderContract;
import dev.godwit.testkit.contract.LoaderRefusalContract;
import dev.godwit.testkit.contract.LoaderResumeContract;
import dev.godwit.testkit.sample.GeneratedBytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class TypedLoaderTest {
  private static MemoryScene scene;

  @BeforeAll
  static void fill() {
    scene = new MemoryScene(Shape.TYPED, GeneratedBytes.value(9 << 20));
  }

  @AfterAll
  static void empty() {
    scene.close();
  }

  @Nested
  class Rows extends LoaderContract implements MemoryLoaderGiven {
    @Override
    public MemoryScene scene() {
      return scene;
    }
  }

  @Nested
  class Resuming extends LoaderResumeContract implements MemoryLoaderGiven {
    @Override
    public MemoryScene scene() {
      return scene;
    }
  }

  @Nested
  class Refusals extends LoaderRefusalContract implements MemoryLoaderGiven {
    @Override
    public MemoryScene scene() {
      return scene;
    }
  }
}
