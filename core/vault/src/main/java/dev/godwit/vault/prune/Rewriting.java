package dev.godwit.vault.prune;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.moved.MovedTable;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.prune.SparseVolumes.Sparse;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.CopiedVolume;
import dev.godwit.vault.volume.SealedVolume;
import dev.godwit.vault.volume.VolumeLimits;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites volumes of which little is needed: copies what is needed of some into a new one as it
 * is, says where it lies now, and removes the old ones. As many at a time as fill one volume, those
 * of which the least is needed first; where the disk has no room for that, fewer.
 */
final class Rewriting {
  private final VaultFiles files;
  private final Storage storage;
  private final VolumeLimits limits;
  private final Guard guard;
  private final BlockIndex index;
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
      VaultFiles files,
      VolumeLimits limits,
      Guard guard,
      BlockIndex index,
      Removal removal,
      PluginContext context) {
    this.files = files;
    this.storage = files.storage();
    this.limits = limits;
    this.guard = guard;
    this.index = index;
    this.removal = removal;
    this.context = context;
    this.room = limits.bytes();
  }

  /** Rewrites volumes, which must be marked, and which nobody relies on who came before that. */
  void rewrite(SparseVolumes sparse) {
    List<Sparse> left = new ArrayList<>(sparse.fewestBytesFirst());
    while (!left.isEmpty()) {
      guard.check();
      List<Sparse> group = first(left);
      try {
        if (!copy(sparse, group)) {
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
              .accept(left.size() + " volumes with little live data wait for room on the disk");
          return;
        }
        room = group.stream().mapToLong(Sparse::liveBytes).sum() / 4;
      } catch (BentVolumeException e) {
        context
            .warnings()
            .accept(
                Layout.volume(e.volume)
                    + ' '
                    + e.getMessage()
                    + "; it is left as it is: run 'godwit check --read-data'");
        left.removeIf(s -> s.id().equals(e.volume));
      }
    }
  }

  private List<Sparse> first(List<Sparse> left) {
    long bytes = 0;
    long blocks = 0;
    int count = 0;
    for (Sparse volume : left) {
      bytes += volume.liveBytes() + 64L * volume.blocks();
      blocks += volume.blocks();
      if (count > 0 && (bytes > room || blocks > limits.blocks())) {
        break;
      }
      count++;
    }
    return List.copyOf(left.subList(0, count));
  }

  /** A volume that cannot be copied. */
  private static final class BentVolumeException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient VolumeId volume;

    BentVolumeException(VolumeId volume, DamagedBlockException cause) {
      super(cause.getMessage(), cause);
      this.volume = volume;
    }
  }

  /** Copies and removes some; false where the old ones may not be removed. */
  private boolean copy(SparseVolumes sparse, List<Sparse> group)
      throws IOException, BentVolumeException {
    List<MovedTable> tables = new ArrayList<>();
    SealedVolume made;
    try (CopiedVolume to = new CopiedVolume(storage)) {
      for (Sparse volume : group) {
        tables.add(copy(sparse, volume, to));
      }
      made = to.seal();
    }
    addToIndex(made);
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

  private MovedTable copy(SparseVolumes sparse, Sparse volume, CopiedVolume to)
      throws IOException, BentVolumeException {
    try {
      VolumeTable table = VolumeTable.read(files, volume.id(), volume.size());
      List<MovedTable.Move> moves = new ArrayList<>(volume.blocks());
      for (long offset : sparse.offsets(volume)) {
        context.cancellation().check();
        BlockRef block =
            table
                .at(offset)
                .orElseThrow(() -> new DamagedBlockException("holds no block at " + offset));
        moves.add(new MovedTable.Move(offset, to.append(block)));
      }
      return MovedTable.of(volume.id(), moves);
    } catch (DamagedBlockException e) {
      throw new BentVolumeException(volume.id(), e);
    }
  }

  /** A volume that is in no segment is added by the next writer. */
  private void addToIndex(SealedVolume made) {
    try {
      index.add(List.of(made));
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
