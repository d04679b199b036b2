package dev.godwit.vault.prune;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.mark.MarkFile;
import dev.godwit.vault.mark.MarkFile.Going;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes down what is about to be removed, so many files to a mark. On a disk that is full, a mark
 * may not be written before something is removed: while nobody else is at work, files go without a
 * mark until there is room for one.
 */
final class Marking {
  private final VaultFiles files;
  private final Storage storage;
  private final Guard guard;
  private final LiveSnapshots live;
  private final Consumer<Going> removal;
  private final List<Going> some = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();

  /**
   * Nothing is marked yet.
   *
   * @param removal removes a file if no snapshot needs it
   */
  Marking(VaultFiles files, Guard guard, LiveSnapshots live, Consumer<Going> removal) {
    this.files = files;
    this.storage = files.storage();
    this.guard = guard;
    this.live = live;
    this.removal = removal;
  }

  /** Marks a file, sooner or later. */
  void add(Going file) {
    some.add(file);
    if (some.size() == MarkFile.MOST) {
      write();
    }
  }

  /** Marks what was added; the paths of all marks. */
  List<String> finish() {
    write();
    return List.copyOf(paths);
  }

  private void write() {
    int removed = 0;
    int next = 1;
    while (removed < some.size()) {
      List<Going> left = some.subList(removed, some.size());
      try {
        paths.add(MarkFile.write(files, StorageClock.of(storage).now(), left).path());
        break;
      } catch (IOException e) {
        if (!StorageFailure.isFull(e) || Rest.in(storage).isNeeded()) {
          throw StorageFailure.writing(storage, Layout.MARKS, e);
        }
        requireAlone(e);
        int most = Math.min(some.size(), removed + next);
        while (removed < most) {
          guard.check();
          removal.accept(some.get(removed++));
        }
        next *= 2; // a mark of very many files is not tried after each
        guard.retry();
      }
    }
    some.clear();
  }

  private void requireAlone(IOException full) {
    if (!guard.others().isEmpty()) {
      throw StorageFailure.writing(storage, Layout.MARKS, full);
    }
    live.lookAgain();
  }
}
