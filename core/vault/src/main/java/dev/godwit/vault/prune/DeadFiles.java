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
import java.util.function.Consumer;
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

  /** Tells each of them: volumes first, which are most of the space. */
  void each(Consumer<Going> dead) {
    for (int i = 0; i < volumes.count(); i++) {
      VolumeFile file = volumes.file(i);
      if (live.blocks(i) == 0 && isOld(file.modified()) && !marked.goes(file.id())) {
        dead.accept(new Going(Layout.volume(file.id()), file.size()));
      }
    }
    each(Layout.LISTS, this::isDeadList, dead);
    each(Layout.MOVED, this::isDeadTable, dead);
  }

  private boolean isOld(Instant modified) {
    return modified.isBefore(before);
  }

  private boolean isDeadList(String path) {
    String id = path.substring(path.lastIndexOf('/') + 1);
    return Layout.isList(path) && !live.needsList(id) && !marked.goes(id);
  }

  private boolean isDeadTable(String path) {
    VolumeId volume = Layout.movedAt(path).orElse(null);
    return volume != null && !live.needsTable(volume);
  }

  private void each(String folder, Predicate<String> isDead, Consumer<Going> dead) {
    try (Stream<StoredFile> files = storage.list(folder)) {
      for (Iterator<StoredFile> i = files.iterator(); i.hasNext(); ) {
        cancellation.check();
        StoredFile file = i.next();
        if (isOld(file.modified()) && isDead.test(file.path())) {
          dead.accept(new Going(file.path(), file.size()));
        }
      }
    } catch (IOException e) {
      throw StorageFailure.reading(storage, folder, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, folder, e.getCause());
    }
  }
}
