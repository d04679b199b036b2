package dev.godwit.vault.list;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.storage.SeveralAtOnce;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bytes of short lists of a far storage, which were asked for several at once ahead of whoever
 * reads them one after the other. Used by one thread.
 */
public final class ShortLists {
  private final Storage storage;
  private final Map<String, byte[]> ahead = new HashMap<>();

  /** None yet. */
  public ShortLists(Storage storage) {
    this.storage = storage;
  }

  /**
   * Reads lists instead of those that were read before. One that is long, missing or that cannot be
   * read is left to whoever opens it.
   */
  public void read(List<String> ids) {
    ahead.clear();
    if (!storage.isRemote()) {
      return; // there is nothing to wait for
    }
    List<String> wanted = ids.stream().filter(Layout::isListId).distinct().toList();
    List<Optional<byte[]>> read = SeveralAtOnce.of(storage, wanted, this::readIfShort);
    for (int i = 0; i < wanted.size(); i++) {
      String id = wanted.get(i);
      read.get(i).ifPresent(bytes -> ahead.put(id, bytes));
    }
  }

  private Optional<byte[]> readIfShort(String id) {
    try {
      return SmallFile.readIfSmall(storage, Layout.list(id));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The bytes of a list, if they were read. */
  public Optional<byte[]> find(String id) {
    return Optional.ofNullable(ahead.get(id));
  }
}
