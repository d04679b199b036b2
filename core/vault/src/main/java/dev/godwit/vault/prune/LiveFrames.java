package dev.godwit.vault.prune;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.moved.MovedTable;
import dev.godwit.vault.plane.RunKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.prune.SparseVolumes.Sparse;
import dev.godwit.vault.storage.SeveralAtOnce;
import dev.godwit.vault.volume.CopiedVolume;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames of some volumes that are needed still, and the keys of just those runs that sealed
 * them. Only their places are held. Used by one thread.
 */
final class LiveFrames {
  private final VaultFiles files;
  private final Cancellation cancellation;
  private final List<Of> volumes = new ArrayList<>();
  private final Map<Long, byte[]> keys = new LinkedHashMap<>();

  private record Of(VolumeId volume, List<BlockRef> blocks) {}

  /** None yet. */
  LiveFrames(VaultFiles files, Cancellation cancellation) {
    this.files = files;
    this.cancellation = cancellation;
  }

  /** A volume that cannot be copied. */
  static final class BentVolumeException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient VolumeId volume;

    private BentVolumeException(VolumeId volume, DamagedBlockException cause) {
      super(cause.getMessage(), cause);
      this.volume = volume;
    }

    VolumeId volume() {
      return volume;
    }
  }

  /** Adds those of a volume at these offsets. */
  void add(Sparse volume, long[] offsets) throws IOException, BentVolumeException {
    try {
      VolumeTable table = VolumeTable.read(files, volume.id(), volume.size());
      List<BlockRef> blocks = new ArrayList<>(offsets.length);
      for (long offset : offsets) {
        blocks.add(
            table
                .at(offset)
                .orElseThrow(() -> new DamagedBlockException("holds no block at " + offset)));
      }
      addKeys(table.keys(), blocks);
      volumes.add(new Of(volume.id(), blocks));
    } catch (DamagedBlockException e) {
      throw new BentVolumeException(volume.id(), e);
    }
  }

  /** Those of a volume of one run are all of that run; else each frame says whose it is. */
  private void addKeys(List<byte[]> sealed, List<BlockRef> blocks)
      throws IOException, DamagedBlockException {
    Map<Long, byte[]> there = new HashMap<>();
    sealed.forEach(key -> there.put(RunKeys.mark(key), key));
    if (there.size() < 2) {
      keys.putAll(there);
      return;
    }
    try {
      for (Long mark : SeveralAtOnce.of(files.storage(), blocks, this::mark)) {
        byte[] key = there.get(mark);
        if (key == null) {
          throw new DamagedBlockException("holds a frame of a key that it does not name");
        }
        keys.put(mark, key);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Long mark(BlockRef block) {
    cancellation.check();
    ByteBuffer mark = ByteBuffer.allocate(Long.BYTES);
    try {
      int read = files.storage().read(Layout.volume(block.volume()), block.offset(), mark);
      return read == Long.BYTES ? mark.getLong(0) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The keys that all of them need, as they are sealed; none in a plain vault. */
  List<byte[]> keys() {
    return List.copyOf(keys.values());
  }

  /** Copies them; where those of each volume lie then, in the order in which they were added. */
  List<MovedTable> copy(CopiedVolume to) throws IOException, BentVolumeException {
    List<MovedTable> tables = new ArrayList<>(volumes.size());
    for (Of each : volumes) {
      List<MovedTable.Move> moves = new ArrayList<>(each.blocks().size());
      try {
        for (BlockRef block : each.blocks()) {
          cancellation.check();
          moves.add(new MovedTable.Move(block.offset(), to.append(block)));
        }
      } catch (DamagedBlockException e) {
        throw new BentVolumeException(each.volume(), e);
      }
      tables.add(MovedTable.of(each.volume(), moves));
    }
    return tables;
  }
}
