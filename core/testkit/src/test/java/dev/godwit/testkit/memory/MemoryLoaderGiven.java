package dev.godwit.testkit.memory;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.testkit.contract.LoaderGiven;
import dev.godwit.testkit.contract.LoaderSample;
import java.util.Optional;

/** Loads from one store of a server into others of the same shape. */
interface MemoryLoaderGiven extends LoaderGiven {
  MemoryScene scene();

  @Override
  default LoaderProvider provider() {
    return scene().server().writing();
  }

  @Override
  default ExtractorProvider reader() {
    return scene().server().reading();
  }

  @Override
  default LoaderSample sample() {
    return scene().loaderSample();
  }

  @Override
  default String emptyTarget() {
    return scene().server().uri(scene().server().create(scene().store().shape()));
  }

  @Override
  default Optional<String> missingTarget() {
    return scene().store().shape() == Shape.TYPED
        ? Optional.of(scene().server().freeUri())
        : Optional.empty();
  }
}
