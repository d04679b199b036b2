package dev.godwit.vault.prune;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.mark.MarkFile.Going;
import dev.godwit.vault.mark.Marked;
import dev.godwit.vault.prune.VolumeFiles.VolumeFile;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files that no snapshot needs, written before a moment: what is younger may belong to a writer
 * that has not sealed its snapshot yet.
 *
 * @param before the moment, by the storage's clock
 * @param marked what an earlier prune has marked: it is not told again
 */
record DeadFiles(
    Storage storage,
    VolumeFiles volumes,
    LiveBlocks live,
    Marked marked,
    Instant before,
    Cancellation cancellation) {

  /** Tells each of them, with when it was written: volumes first, which are most of the space. */
  void each(BiConsumer<Going, Instant> dead) {
    each(before, dead, (file, written) -> {});
  }

  /**
   * Tells each of them, and those that are younger, with when each was written.
   *
   * @param until before which the younger ones were written
   */
  void each(Instant until, BiConsumer<Going, Instant> dead, BiConsumer<Going, Instant> young) {
    for (int i = 0; i < volumes.count(); i++) {
      VolumeFile file = volumes.file(i);
      BiConsumer<Going, Instant> told = who(file.modified(), until, dead, young);
      if (told != null && live.blocks(i) == 0 && !marked.goes(file.id())) {
        told.accept(new Going(Layout.volume(file.id()), file.size()), file.modified());
      }
    }
    each(Layout.LISTS, this::isDeadList, until, dead, young);
    each(Layout.MOVED, this::isDeadTable, until, dead, young);
  }

  /** Who is told of a file of an age; null for nobody. */
  private BiConsumer<Going, Instant> who(
      Instant modified,
      Instant until,
      BiConsumer<Going, Instant> dead,
      BiConsumer<Going, Instant> young) {
    if (modified.isBefore(before)) {
      return dead;
    }
    return modified.isBefore(until) ? young : null;
  }

  private boolean isDeadList(String path) {
    String id = Layout.listAt(path).orElse(null);
    return id != null && !live.needsList(id) && !marked.goes(id);
  }

  private boolean isDeadTable(String path) {
    VolumeId volume = Layout.movedAt(path).orElse(null);
    return volume != null && !live.needsTable(volume) && !marked.goesTable(volume);
  }

  private void each(
      String folder,
      Predicate<String> isDead,
      Instant until,
      BiConsumer<Going, Instant> dead,
      BiConsumer<Going, Instant> young) {
    try (Stream<StoredFile> files = storage.list(folder)) {
      for (Iterator<StoredFile> i = files.iterator(); i.hasNext(); ) {
        cancellation.check();
        StoredFile file = i.next();
        BiConsumer<Going, Instant> told = who(file.modified(), until, dead, young);
        if (told != null && isDead.test(file.path())) {
          told.accept(new Going(file.path(), file.size()), file.modified());
        }
      }
    } catch (IOException e) {
      throw StorageFailure.reading(storage, folder, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, folder, e.getCause());
    }
  }
}
