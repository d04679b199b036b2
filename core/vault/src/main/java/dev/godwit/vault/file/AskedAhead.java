package dev.godwit.vault.file;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.storage.SeveralAtOnce;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A far storage of which small files were asked for several at once, ahead of whoever reads them
 * one after another. Of a near one none are: there is nothing to wait for.
 */
public final class AskedAhead implements Storage {
  private final Storage storage;
  private final Map<String, byte[]> ahead = new ConcurrentHashMap<>();

  /** None yet. */
  public AskedAhead(Storage storage) {
    this.storage = storage;
  }

  /**
   * Asks for files, beside those that were asked for before. One that is large, missing or that
   * cannot be read is left to whoever reads it.
   */
  public void ask(List<String> paths) {
    if (!storage.isRemote()) {
      return;
    }
    List<String> wanted =
        paths.stream().distinct().filter(path -> !ahead.containsKey(path)).toList();
    List<Optional<byte[]>> read = SeveralAtOnce.of(storage, wanted, this::readIfSmall);
    for (int i = 0; i < wanted.size(); i++) {
      String path = wanted.get(i);
      read.get(i).ifPresent(bytes -> ahead.put(path, bytes));
    }
  }

  private Optional<byte[]> readIfSmall(String path) {
    try {
      return SmallFile.readIfSmall(storage, path);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Lets go of all that was asked for. */
  public void forget() {
    ahead.clear();
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws IOException {
    byte[] known = ahead.get(path);
    if (known == null) {
      return storage.read(path, offset, into);
    }
    int from = (int) Math.min(offset, known.length);
    int length = Math.min(into.remaining(), known.length - from);
    into.put(known, from, length);
    return length;
  }

  @Override
  public String display() {
    return storage.display();
  }

  @Override
  public boolean isRemote() {
    return storage.isRemote();
  }

  @Override
  public Duration listLag() {
    return storage.listLag();
  }

  @Override
  public StorageWriter create(String path) throws IOException {
    return storage.create(path);
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    return storage.createIfAbsent(path, content);
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    ahead.remove(path);
    storage.replace(path, content);
  }

  @Override
  public StoredFile stat(String path) throws IOException {
    return storage.stat(path);
  }

  @Override
  public Stream<StoredFile> list(String folder) throws IOException {
    return storage.list(folder);
  }

  @Override
  public void delete(String path) throws IOException {
    ahead.remove(path);
    storage.delete(path);
  }

  @Override
  public Instant now() throws IOException {
    return storage.now();
  }

  @Override
  public void close() throws IOException {
    storage.close();
  }
}
