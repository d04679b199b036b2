package dev.godwit.vault.prune;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The volumes that a vault held at a moment, numbered: about 150 bytes each. */
final class VolumeFiles {
  private final Map<VolumeId, Integer> numbers = new HashMap<>();
  private final List<VolumeFile> files = new ArrayList<>();

  /** A volume's file. */
  record VolumeFile(VolumeId id, long size, Instant modified) {}

  private VolumeFiles() {}

  static VolumeFiles list(Storage storage, Cancellation cancellation) {
    VolumeFiles volumes = new VolumeFiles();
    try (Stream<StoredFile> listed = storage.list(Layout.VOLUMES)) {
      for (Iterator<StoredFile> i = listed.iterator(); i.hasNext(); ) {
        cancellation.check();
        StoredFile file = i.next();
        Layout.volumeAt(file.path())
            .ifPresent(id -> volumes.add(new VolumeFile(id, file.size(), file.modified())));
      }
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.VOLUMES, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.VOLUMES, e.getCause());
    }
    return volumes;
  }

  private void add(VolumeFile file) {
    if (numbers.putIfAbsent(file.id(), files.size()) == null) {
      files.add(file);
    }
  }

  int count() {
    return files.size();
  }

  VolumeFile file(int number) {
    return files.get(number);
  }

  /** The number of a volume; -1 where it was not there. */
  int number(VolumeId id) {
    return numbers.getOrDefault(id, -1);
  }
}
