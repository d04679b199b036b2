package dev.godwit.vault.prune;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The storage's clock at a moment. Where it cannot be asked, as on some disks that are full or may
 * only be read, it is taken to be as late as the newest manifest was written: that is never too
 * late, so nothing seems older than it is.
 *
 * @param now the time
 * @param exact whether the clock could be asked
 */
record StorageClock(Instant now, boolean exact) {
  static StorageClock of(Storage storage) {
    try {
      return new StorageClock(storage.now(), true);
    } catch (IOException e) {
      try (Stream<StoredFile> files = storage.list(Layout.SNAPSHOTS)) {
        Instant newest =
            files
                .map(StoredFile::modified)
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> StorageFailure.reading(storage, "its clock", e));
        return new StorageClock(newest, false);
      } catch (IOException | UncheckedIOException again) {
        throw StorageFailure.reading(storage, "its clock", e);
      }
    }
  }
}
