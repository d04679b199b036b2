package dev.godwit.testkit.contract;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.RootAllocator;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What surrounds the plugins of one test. Closing it fails where a buffer was not given back. */
final class ContractRun implements AutoCloseable {
  private static final long MEMORY = 384L << 20;

  private final RootAllocator allocator = new RootAllocator(MEMORY);
  private final Cancellation cancellation = new Cancellation();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final PluginContext context =
      new PluginContext(allocator, cancellation, warnings::add, 2);

  Cancellation cancellation() {
    return cancellation;
  }

  Extractor extractor(ExtractorProvider provider, String uri, PasswordSource password) {
    StoreUri parsed = StoreUri.parse(uri);
    Options options = Options.bind(provider.options(), parsed);
    return provider.open(new StoreAddress(parsed, options, password), context);
  }

  Loader loader(LoaderProvider provider, String uri, PasswordSource password) {
    StoreUri parsed = StoreUri.parse(uri);
    Options options = Options.bind(provider.options(), parsed);
    return provider.open(new StoreAddress(parsed, options, password), context);
  }

  /** The failure that the call ends with; fails where it ends with none or with another. */
  static GodwitException refused(ExitCode exitCode, ThrowingCallable call) {
    GodwitException failure = failure(call);
    Assertions.assertThat(failure.exitCode()).as(failure.getMessage()).isEqualTo(exitCode);
    Assertions.assertThat(failure.getMessage())
        .as("a message is one line without a full stop")
        .isNotBlank()
        .doesNotContain("\n")
        .doesNotEndWith(".");
    return failure;
  }

  /** The failure that the call ends with, whatever its exit code. */
  static GodwitException failure(ThrowingCallable call) {
    Throwable thrown = Assertions.catchThrowable(call);
    Assertions.assertThat(thrown).isInstanceOf(GodwitException.class);
    return (GodwitException) thrown;
  }

  static String withOption(String uri, String option) {
    return uri + (uri.contains("?") ? "&" : "?") + option;
  }

  @Override
  public void close() {
    allocator.close();
  }
}
