package dev.godwit.vault.testing;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.testkit.memory.MemoryStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A storage with a clock of its own, whose lists are as late as they may be: for as long as its lag
 * they do not show what was written, and still show what was removed. One thing happens at a time:
 * writers that are still open seal volumes by threads of their own.
 */
public final class LateStorage implements Storage {
  private final MemoryStorage files = new MemoryStorage();
  private final Map<String, Instant> first = new HashMap<>();
  private final Map<String, Instant> written = new HashMap<>();
  private final Map<String, Ghost> removed = new HashMap<>();
  private final Duration told;
  private final Duration lag;
  private volatile Instant now = Instant.parse("2026-11-22T00:00:00Z");

  private record Ghost(StoredFile file, Instant gone) {}

  /** An empty one. */
  public LateStorage(Duration lag) {
    this(lag, lag);
  }

  /**
   * An empty one whose lists are not as late as it says, as with most servers.
   *
   * @param told how late it says
   * @param lag how late they are
   */
  public LateStorage(Duration told, Duration lag) {
    this.told = told;
    this.lag = lag;
  }

  /** Lets time pass. Whoever is at work has his locks written again meanwhile. */
  public synchronized void pass(Duration time) {
    now = now.plus(time);
    written.replaceAll((path, at) -> path.startsWith("locks/") ? now : at);
  }

  private void wrote(String path) {
    now = now.plusMillis(1);
    removed.remove(path);
    first.putIfAbsent(path, now);
    written.put(path, now);
  }

  @Override
  public String display() {
    return "late";
  }

  @Override
  public Duration listLag() {
    return told;
  }

  @Override
  public StorageWriter create(String path) {
    StorageWriter file = files.create(path);
    return new StorageWriter() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        file.write(bytes);
      }

      @Override
      public void commit() throws IOException {
        synchronized (LateStorage.this) {
          file.commit();
          wrote(path);
        }
      }

      @Override
      public void abort() {
        file.abort();
      }

      @Override
      public void close() {
        file.close();
      }
    };
  }

  @Override
  public synchronized boolean createIfAbsent(String path, byte[] content) {
    boolean mine = files.createIfAbsent(path, content);
    if (mine) {
      wrote(path);
    }
    return mine;
  }

  @Override
  public synchronized void replace(String path, byte[] content) {
    files.replace(path, content);
    wrote(path);
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws NoSuchFileException {
    return files.read(path, offset, into);
  }

  @Override
  public synchronized StoredFile stat(String path) throws NoSuchFileException {
    return stamped(files.stat(path));
  }

  private StoredFile stamped(StoredFile file) {
    return new StoredFile(file.path(), file.size(), written.get(file.path()));
  }

  @Override
  public synchronized Stream<StoredFile> list(String folder) {
    Instant shown = now.minus(lag);
    List<StoredFile> listed = new ArrayList<>();
    files
        .list(folder)
        .filter(file -> !first.get(file.path()).isAfter(shown))
        .forEach(file -> listed.add(stamped(file)));
    removed.values().stream()
        .filter(ghost -> ghost.gone().isAfter(shown))
        .filter(ghost -> ghost.file().path().startsWith(folder))
        .forEach(ghost -> listed.add(ghost.file()));
    return listed.stream();
  }

  /** Every file, as it is. */
  public Stream<String> all(String folder) {
    return files.list(folder).map(StoredFile::path);
  }

  @Override
  public synchronized void delete(String path) {
    try {
      StoredFile gone = stat(path);
      boolean shown = !first.get(path).isAfter(now.minus(lag));
      files.delete(path);
      if (shown) {
        removed.put(path, new Ghost(gone, now));
      }
      first.remove(path);
    } catch (NoSuchFileException e) {
      // Nothing is done.
    }
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void close() {}
}
