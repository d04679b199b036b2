package dev.godwit.vault.prune;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.moved.MovedTable;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.prune.SparseVolumes.Sparse;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.CopiedVolume;
import dev.godwit.vault.volume.SealedVolume;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites volumes of which little is needed: copies what is needed of some into a new one as it
 * is, says where it lies now, and removes the old ones. As many at a time as fill one volume, those
 * of which the least is needed first; where the disk has no room for that, fewer.
 */
final class Rewriting {
  /** Each may need a key of its own in the header, and all of them have room there. */
  private static final int MOST_BLOCKS = 10_000;

  private final VaultFiles files;
  private final Storage storage;
  private final VolumeLimits limits;
  private final Guard guard;
  private final PluginContext context;
  private final Removal removal;
  private long room;
  private long fewer;
  private long removed;

  /**
   * Nothing is rewritten yet.
   *
   * @param removal removes the old volumes
   */
  Rewriting(
      VaultFiles files, VolumeLimits limits, Guard guard, Removal removal, PluginContext context) {
    this.files = files;
    this.storage = files.storage();
    this.limits = limits;
    this.guard = guard;
    this.removal = removal;
    this.context = context;
    this.room = limits.bytes();
  }

  /**
   * Rewrites volumes of one owner, which must be marked, and which nobody relies on who came before
   * that.
   *
   * @param sparse knows what is needed of each
   */
  void rewrite(Owner owner, SparseVolumes sparse, List<Sparse> volumes) {
    List<Sparse> left = new ArrayList<>(volumes);
    while (!left.isEmpty()) {
      guard.check();
      List<Sparse> group = first(left, owner.overhead());
      try {
        if (!copy(owner, sparse, group)) {
          return;
        }
        left.subList(0, group.size()).clear();
      } catch (IOException e) {
        if (!StorageFailure.isFull(e)) {
          throw StorageFailure.writing(storage, Layout.VOLUMES, e);
        }
        if (group.size() == 1) {
          context
              .warnings()
              .accept(
                  "volumes with little live data that wait for room on the disk: " + left.size());
          return;
        }
        room = group.stream().mapToLong(Sparse::liveBytes).sum() / 4;
      } catch (LiveFrames.BentVolumeException e) {
        context.warnings().accept(bent(Layout.volume(e.volume()), e));
        left.removeIf(s -> s.id().equals(e.volume()));
      }
    }
  }

  /** What is told of a volume that cannot be copied. */
  static String bent(String path, Exception cause) {
    return path
        + ' '
        + cause.getMessage()
        + "; it is left as it is: run 'godwit check --read-data'";
  }

  private List<Sparse> first(List<Sparse> left, int overhead) {
    long bytes = 0;
    long blocks = 0;
    int count = 0;
    for (Sparse volume : left) {
      bytes += volume.liveBytes() + (long) overhead * volume.blocks();
      blocks += volume.blocks();
      if (count > 0 && (bytes > room || blocks > Math.min(limits.blocks(), MOST_BLOCKS))) {
        break;
      }
      count++;
    }
    return List.copyOf(left.subList(0, count));
  }

  /** Copies and removes some; false where the old ones may not be removed. */
  private boolean copy(Owner owner, SparseVolumes sparse, List<Sparse> group)
      throws IOException, LiveFrames.BentVolumeException {
    LiveFrames frames = new LiveFrames(files, context.cancellation());
    for (Sparse volume : group) {
      frames.add(volume, sparse.offsets(volume));
    }
    SealedVolume made;
    List<MovedTable> tables;
    try (CopiedVolume to = owner.begin(frames.keys())) {
      tables = frames.copy(to);
      made = to.seal();
    }
    addToIndex(owner, made);
    for (int i = 0; i < group.size(); i++) {
      MovedBlocks.write(files, group.get(i).id(), tables.get(i));
    }
    guard.requireHeld();
    fewer -= made.size();
    boolean all = true;
    for (Sparse volume : group) {
      if (removal.remove(Layout.volume(volume.id()), volume.size())) {
        fewer += volume.size();
        removed++;
      } else {
        all = false;
      }
    }
    return all;
  }

  /** A volume that is in no segment is added by the next writer. */
  private void addToIndex(Owner owner, SealedVolume made) {
    try {
      owner.index().add(List.of(made));
    } catch (GodwitException e) {
      context.warnings().accept(e.getMessage());
    }
  }

  /** How many volumes were rewritten. */
  long files() {
    return removed;
  }

  /** How many bytes fewer there are. */
  long fewer() {
    return fewer;
  }
}
