package dev.godwit.extractor.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.RootAllocator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A store as a run sees it, with all that surrounds it. Closing it fails where memory leaked. */
public final class TestStore implements AutoCloseable {
  public final RootAllocator allocator = new RootAllocator(256L << 20);
  public final Cancellation cancellation = new Cancellation();
  public final List<String> warnings = new CopyOnWriteArrayList<>();
  private final String uri;
  private final PasswordSource password;

  public TestStore(String uri) {
    this(uri, PasswordSource.NONE);
  }

  public TestStore(String uri, PasswordSource password) {
    this.uri = uri;
    this.password = password;
  }

  private StoreAddress address() {
    StoreUri parsed = StoreUri.parse(uri);
    return new StoreAddress(
        parsed, Options.bind(new PostgresExtractorProvider().options(), parsed), password);
  }

  public Sessions sessions() {
    return new Sessions(address(), Role.SOURCE, cancellation);
  }

  public Extractor extractor() {
    PluginContext context = new PluginContext(allocator, cancellation, warnings::add, 2);
    return new PostgresExtractorProvider().open(address(), context);
  }

  public ExtractRun begin() {
    return begin(DatasetFilter.ALL);
  }

  public ExtractRun begin(DatasetFilter filter) {
    Extractor extractor = extractor();
    return extractor.begin(new ExtractRequest(extractor.sources().get(0), filter));
  }

  public static DatasetFilter including(String... patterns) {
    List<DatasetPattern> include = List.of(patterns).stream().map(DatasetPattern::parse).toList();
    return new DatasetFilter(include, List.of(), List.of(), List.of());
  }

  /** The failure that a call must end with: one line, and this exit code. */
  public static GodwitException refused(ExitCode code, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(GodwitException.class);
    GodwitException failure = (GodwitException) thrown;
    assertThat(failure.exitCode()).as(failure.getMessage()).isEqualTo(code);
    assertThat(failure.getMessage()).doesNotContain("\n").doesNotEndWith(".");
    return failure;
  }

  @Override
  public void close() {
    allocator.close();
  }
}
