package dev.godwit.testkit.memory;

import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.store.StoreUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Stores in memory by name, reached as {@code memory://here/NAME}. What is loaded into them of
 * large values lies in files of a temporary folder until the server is closed.
 */
public final class MemoryServer implements AutoCloseable {
  private static final String HOST = "here";

  private final Map<String, MemoryStore> stores = new ConcurrentHashMap<>();
  private final AtomicInteger names = new AtomicInteger();
  private final Path folder;

  /** A server without stores. */
  public MemoryServer() {
    try {
      folder = Files.createTempDirectory("godwit-memory-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes an empty store under a new name. */
  public MemoryStore create(Shape shape) {
    return create("store" + names.incrementAndGet(), shape);
  }

  MemoryStore create(String name, Shape shape) {
    MemoryStore store = new MemoryStore(name, shape, folder);
    stores.put(name, store);
    return store;
  }

  /** The address of a store. */
  public String uri(MemoryStore store) {
    return "memory://" + HOST + "/" + store.name();
  }

  /** An address under which there is no store yet, another at each call. */
  public String freeUri() {
    return "memory://" + HOST + "/free" + names.incrementAndGet();
  }

  /** Whether the address is of this server. */
  boolean answers(StoreUri uri) {
    return uri.hosts().size() == 1 && uri.hosts().get(0).host().equals(HOST);
  }

  /** The store that an address names. */
  public Optional<MemoryStore> find(StoreUri uri) {
    return answers(uri) ? Optional.ofNullable(stores.get(uri.path())) : Optional.empty();
  }

  /** Reads the stores of this server. */
  public ExtractorProvider reading() {
    return new MemoryExtractorProvider(this);
  }

  /** Loads into the stores of this server. */
  public LoaderProvider writing() {
    return new MemoryLoaderProvider(this);
  }

  @Override
  public void close() {
    stores.clear();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
