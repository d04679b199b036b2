package dev.godwit.vault.prune;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.storage.Present;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Snapshots that stay until a person says otherwise: a small file each, named by its id. */
public final class Pins {
  private static final String NAME = Layout.PINS + "/[0-9a-f]{16}";

  private final Storage storage;

  /** Those of a vault. */
  public Pins(Storage storage) {
    this.storage = storage;
  }

  private record Document(int format, String snapshot, String by) {}

  /** The ids of all snapshots that are pinned. */
  public Set<String> all() {
    try (Stream<StoredFile> files = storage.list(Layout.PINS)) {
      return files
          .map(StoredFile::path)
          .filter(path -> path.matches(NAME))
          .map(path -> path.substring(Layout.PINS.length() + 1))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.PINS, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.PINS, e.getCause());
    }
  }

  /** Whether a snapshot is pinned, also where lists do not show it yet. */
  public boolean has(String id) {
    return Present.find(storage, Layout.PINS + '/' + id).isPresent();
  }

  /**
   * Pins a snapshot; does nothing where it is pinned.
   *
   * @return whether it was not
   */
  public boolean pin(String id) {
    String path = Layout.PINS + '/' + id;
    try {
      String by = System.getProperty("user.name", "");
      return storage.createIfAbsent(
          path, Json.LINE.writeValueAsBytes(new Document(FormatVersion.CURRENT, id, by)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw StorageFailure.writing(storage, path, e);
    }
  }

  /** Pins the snapshot that comes in the place of another too, if that one is pinned. */
  public void handOn(String id, String to) {
    if (has(id)) {
      boolean unused = pin(to); // or it is pinned already
    }
  }

  /**
   * Takes a pin away; does nothing where there is none.
   *
   * @return whether there was one
   */
  public boolean unpin(String id) {
    String path = Layout.PINS + '/' + id;
    boolean pinned = has(id);
    try {
      storage.delete(path);
      return pinned;
    } catch (IOException e) {
      throw StorageFailure.writing(storage, path, e);
    }
  }
}
