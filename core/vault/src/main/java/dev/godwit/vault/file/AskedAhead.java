package dev.godwit.vault.file;

import dev.godwit.spi.storage.ForwardingStorage;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.storage.SeveralAtOnce;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A far storage of which small files were asked for several at once, ahead of whoever reads them
 * one after another. Of a near one none are: there is nothing to wait for.
 */
public final class AskedAhead extends ForwardingStorage {
  private final Map<String, byte[]> ahead = new ConcurrentHashMap<>();

  /** None yet. */
  public AskedAhead(Storage storage) {
    super(storage);
  }

  /**
   * Asks for files, beside those that were asked for before. One that is large, missing or that
   * cannot be read is left to whoever reads it.
   */
  public void ask(List<String> paths) {
    if (!isRemote()) {
      return;
    }
    List<String> wanted =
        paths.stream().distinct().filter(path -> !ahead.containsKey(path)).toList();
    List<Optional<byte[]>> read = SeveralAtOnce.of(below(), wanted, this::readIfSmall);
    for (int i = 0; i < wanted.size(); i++) {
      String path = wanted.get(i);
      read.get(i).ifPresent(bytes -> ahead.put(path, bytes));
    }
  }

  private Optional<byte[]> readIfSmall(String path) {
    try {
      return SmallFile.readIfSmall(below(), path);
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
      return super.read(path, offset, into);
    }
    int from = (int) Math.min(offset, known.length);
    int length = Math.min(into.remaining(), known.length - from);
    into.put(known, from, length);
    return length;
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    ahead.remove(path);
    super.replace(path, content);
  }

  @Override
  public void delete(String path) throws IOException {
    ahead.remove(path);
    super.delete(path);
  }
}
