package dev.godwit.testkit.memory;

import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.contract.LoaderSample;
import dev.godwit.testkit.row.LargeBytes;
import java.util.List;
import java.util.Optional;

/** A server with one store filled. */
final class MemoryScene implements AutoCloseable {
  private static final List<String> UNREACHABLE = List.of("memory://elsewhere/store1");

  private final MemoryServer server = new MemoryServer();
  private final MemoryStore store;

  MemoryScene(Shape shape, LargeBytes value) {
    store = Samples.fill(server.create(shape), value);
  }

  MemoryServer server() {
    return server;
  }

  MemoryStore store() {
    return store;
  }

  ExtractorSample extractorSample() {
    Optional<ExtractorSample.Condition> condition =
        store.shape() == Shape.TYPED
            ? Optional.of(
                new ExtractorSample.Condition(DatasetName.of("shop", "customers"), "id<30", 30))
            : Optional.empty();
    return new ExtractorSample(
        server.uri(store),
        PasswordSource.NONE,
        Samples.counts(store),
        condition,
        List.of("memory://elsewhere/store1", "memory://here/no-such-store"));
  }

  LoaderSample loaderSample() {
    return new LoaderSample(server.uri(store), PasswordSource.NONE, UNREACHABLE);
  }

  @Override
  public void close() {
    server.close();
  }
}
