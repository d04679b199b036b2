package dev.godwit.vault.testing;

import dev.godwit.spi.storage.ForwardingStorage;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A storage that stops for good before the operation of a number, as a process does that is killed
 * there: nothing more reaches what lies below. Reading counts too.
 */
public final class StoppingStorage extends ForwardingStorage {
  /** What an operation ends with once it has stopped. */
  public static final class StoppedException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** An operation that changes something, such as {@code delete volumes/ab/...}. */
  private final Predicate<String> counts;

  private final AtomicLong left;

  /** Stops after so many operations. */
  public StoppingStorage(Storage below, long after) {
    this(below, after, operation -> true);
  }

  /** Stops after so many operations of those that count. */
  public StoppingStorage(Storage below, long after, Predicate<String> counts) {
    super(below);
    this.left = new AtomicLong(after);
    this.counts = counts;
  }

  /** Whether it has stopped. */
  public boolean stopped() {
    return left.get() < 0;
  }

  private void operation(String name) throws IOException {
    if (stopped() || (counts.test(name) && left.decrementAndGet() < 0)) {
      throw new StoppedException();
    }
  }

  @Override
  public StorageWriter create(String path) throws IOException {
    operation("create " + path);
    StorageWriter writer = super.create(path);
    return new StorageWriter() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        operation("write " + path);
        writer.write(bytes);
      }

      @Override
      public void commit() throws IOException {
        operation("commit " + path);
        writer.commit();
      }

      @Override
      public void abort() {
        writer.abort();
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    operation("createIfAbsent " + path);
    return super.createIfAbsent(path, content);
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    operation("replace " + path);
    super.replace(path, content);
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws IOException {
    operation("read " + path);
    return super.read(path, offset, into);
  }

  @Override
  public StoredFile stat(String path) throws IOException {
    operation("stat " + path);
    return super.stat(path);
  }

  @Override
  public Stream<StoredFile> list(String folder) throws IOException {
    operation("list " + folder);
    return super.list(folder);
  }

  @Override
  public void delete(String path) throws IOException {
    operation("delete " + path);
    super.delete(path);
  }

  @Override
  public Instant now() throws IOException {
    operation("now");
    return super.now();
  }
}
