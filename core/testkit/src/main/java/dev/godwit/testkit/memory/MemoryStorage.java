package dev.godwit.testkit.memory;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** A storage whose files lie in memory, each held whole. */
public final class MemoryStorage implements Storage {
  private final ConcurrentNavigableMap<String, Stored> files = new ConcurrentSkipListMap<>();

  private static final class Stored {
    private final byte[] content;
    private final Instant modified = Instant.now();

    Stored(byte[] content) {
      this.content = content;
    }
  }

  @Override
  public Duration listLag() {
    return Duration.ZERO;
  }

  @Override
  public String display() {
    return "memory";
  }

  @Override
  public StorageWriter create(String path) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    return new StorageWriter() {
      @Override
      public void write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        content.writeBytes(copy);
      }

      @Override
      public void commit() {
        files.put(path, new Stored(content.toByteArray()));
      }

      @Override
      public void abort() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) {
    return files.putIfAbsent(path, new Stored(content.clone())) == null;
  }

  @Override
  public void replace(String path, byte[] content) {
    files.put(path, new Stored(content.clone()));
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws NoSuchFileException {
    byte[] content = find(path).content;
    int from = (int) Math.min(offset, content.length);
    int count = Math.min(into.remaining(), content.length - from);
    into.put(content, from, count);
    return count;
  }

  private Stored find(String path) throws NoSuchFileException {
    Stored stored = files.get(path);
    if (stored == null) {
      throw new NoSuchFileException(path);
    }
    return stored;
  }

  @Override
  public StoredFile stat(String path) throws NoSuchFileException {
    return describe(path, find(path));
  }

  private static StoredFile describe(String path, Stored stored) {
    return new StoredFile(path, stored.content.length, stored.modified);
  }

  @Override
  public Stream<StoredFile> list(String folder) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    return files.entrySet().stream()
        .filter(file -> file.getKey().startsWith(prefix))
        .map(file -> describe(file.getKey(), file.getValue()));
  }

  @Override
  public void delete(String path) {
    files.remove(path);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void close() {}
}
