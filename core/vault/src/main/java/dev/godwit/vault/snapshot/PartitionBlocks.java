package dev.godwit.vault.snapshot;

import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.plane.VaultFiles;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** The blocks of a partition, in order, wherever they are listed. Used by one thread. */
public final class PartitionBlocks implements AutoCloseable {
  private final Iterator<BlockLine> inline;
  private final ListReader list;

  /**
   * Opens them.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if their list is
   */
  public PartitionBlocks(VaultFiles files, PartitionLine partition) {
    if (partition.list() != null) {
      this.inline = null;
      this.list = ListReader.open(files, partition.list(), ListKind.BLOCKS);
    } else {
      this.inline = partition.blocks() == null ? none() : partition.blocks().iterator();
      this.list = null;
    }
  }

  /** Rows that are then missing are found by whoever reads them. */
  private static Iterator<BlockLine> none() {
    return Collections.emptyIterator();
  }

  /** Whether a partition has a block in one of the volumes. */
  static boolean anyIn(VaultFiles files, PartitionLine partition, Set<VolumeId> volumes) {
    try (PartitionBlocks blocks = new PartitionBlocks(files, partition)) {
      Optional<BlockLine> block = blocks.next();
      while (block.isPresent()) {
        if (volumes.contains(block.get().ref().volume())) {
          return true;
        }
        block = blocks.next();
      }
      return false;
    }
  }

  /** The next block; nothing at the end. */
  public Optional<BlockLine> next() {
    if (list != null) {
      return list.next(BlockLine.class);
    }
    return inline.hasNext() ? Optional.of(inline.next()) : Optional.empty();
  }

  @Override
  public void close() {
    if (list != null) {
      list.close();
    }
  }
}
