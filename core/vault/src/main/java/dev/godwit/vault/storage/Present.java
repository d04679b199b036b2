package dev.godwit.vault.storage;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Whether files are there, whatever lists show. */
public final class Present {
  private Present() {}

  /**
   * A file as it is now; nothing where there is none.
   *
   * @throws GodwitException if it cannot be looked at
   */
  public static Optional<StoredFile> find(Storage storage, String path) {
    try {
      return Optional.of(storage.stat(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }
}
