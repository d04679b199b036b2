package dev.godwit.vault.moved;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.plane.BentFileException;
import dev.godwit.vault.plane.FileSeal;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Asked for a block whose volume is missing: where it lies now. The tables last used are in memory,
 * 16 MiB at most. Safe for use by many threads.
 */
public final class MovedBlocks {
  /** A block that was moved more often was not: somebody made tables that lead in a circle. */
  public static final int MOST_STEPS = 10_000;

  private static final long MOST = 16 << 20;

  private final VaultFiles files;
  private final LinkedHashMap<VolumeId, MovedTable> held = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  /** Those of a vault; nothing is read until a block is asked for. */
  public MovedBlocks(VaultFiles files) {
    this.files = files;
  }

  /**
   * Where a block of a volume that is missing lies now: one step. The volume that it was moved to
   * may have been rewritten too; then ask again.
   *
   * @return nothing where the block was not moved
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if the table is bent
   */
  public Optional<BlockRef> find(BlockRef ref) {
    return table(ref.volume()).flatMap(table -> table.find(ref));
  }

  /**
   * Where a block lies as far as it is known without looking: a volume whose table was asked for is
   * missing, and need not be tried again.
   */
  public synchronized BlockRef known(BlockRef ref) {
    BlockRef at = ref;
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      MovedTable table = held.get(at.volume());
      Optional<BlockRef> next = table == null ? Optional.empty() : table.find(at);
      if (next.isEmpty()) {
        break;
      }
      at = next.get();
    }
    return at;
  }

  private synchronized Optional<MovedTable> table(VolumeId volume) {
    MovedTable table = held.get(volume);
    if (table == null) {
      Optional<MovedTable> read = read(files, volume);
      if (read.isEmpty()) {
        return read;
      }
      table = read.get();
      held.put(volume, table);
      weight += table.weight();
      Iterator<MovedTable> oldest = held.values().iterator();
      while (weight > MOST && held.size() > 1) {
        weight -= oldest.next().weight();
        oldest.remove();
      }
    }
    return Optional.of(table);
  }

  /**
   * Reads the table of a volume; nothing where there is none.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if it is bent or forged
   */
  public static Optional<MovedTable> read(VaultFiles files, VolumeId volume) {
    Storage storage = files.storage();
    String path = Layout.moved(volume);
    try {
      byte[] table = seal(files).open(boundTo(volume), SmallFile.read(storage, path));
      return Optional.of(MovedTable.parse(volume, table));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (BentFileException | DamagedBlockException e) {
      throw StorageFailure.damaged(storage, path, e.getMessage(), e);
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  /** Writes the table of a volume, which may go then. */
  public static void write(VaultFiles files, VolumeId volume, MovedTable table) throws IOException {
    byte[] sealed = seal(files).seal(boundTo(volume), table.bytes().array());
    try (StorageWriter writer = files.storage().create(Layout.moved(volume))) {
      writer.write(ByteBuffer.wrap(sealed));
      writer.commit();
    }
  }

  private static FileSeal seal(VaultFiles files) {
    return FileSeal.of(files, Plane.MOVED);
  }

  private static String boundTo(VolumeId volume) {
    return "moved " + volume;
  }
}
