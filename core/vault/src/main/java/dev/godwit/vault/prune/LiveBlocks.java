package dev.godwit.vault.prune;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.IdSet;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ContentsLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.PartitionBlocks;
import dev.godwit.vault.storage.StorageFailure;
import java.util.Arrays;
import java.util.Optional;

/**
 * What snapshots need: lists, tables of moved blocks, and places in volumes. A list that many
 * snapshots share is read once. Lists are held by their ids, places on disk. Used by one thread.
 */
final class LiveBlocks implements AutoCloseable {
  private final VaultFiles files;
  private final VolumeFiles volumes;
  private final MovedBlocks moved;
  private final Cancellation cancellation;
  private final Places places = new Places();
  private final IdSet lists = new IdSet();
  private final IdSet tables = new IdSet();
  private final IdSet unknown = new IdSet();
  private final long[] bytes;
  private final int[] blocks;
  private boolean counted;

  /**
   * Nothing is needed yet.
   *
   * @param volumes that were there before any manifest was read
   */
  LiveBlocks(VaultFiles files, VolumeFiles volumes, MovedBlocks moved, Cancellation cancellation) {
    this.files = files;
    this.volumes = volumes;
    this.moved = moved;
    this.cancellation = cancellation;
    this.bytes = new long[volumes.count()];
    this.blocks = new int[volumes.count()];
  }

  /**
   * Adds what a snapshot needs.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if a list of it is missing or bent
   */
  void add(Manifest manifest) {
    counted = false;
    manifest.objects().ifPresent(lists::addList);
    if (!lists.addList(manifest.contents())) {
      return;
    }
    try (ListReader lines = ListReader.open(files, manifest.contents(), ListKind.CONTENTS)) {
      Optional<ContentsLine> line = lines.next(ContentsLine.class);
      while (line.isPresent()) {
        cancellation.check();
        if (line.get().partition() != null) {
          add(line.get().partition(), lines.path());
        }
        line = lines.next(ContentsLine.class);
      }
    }
  }

  private void add(PartitionLine partition, String contents) {
    String path = partition.list() == null ? contents : Layout.list(partition.list());
    if (partition.list() != null && !lists.addList(partition.list())) {
      return;
    }
    try (PartitionBlocks blocksOf = new PartitionBlocks(files, partition)) {
      Optional<BlockLine> block = blocksOf.next();
      while (block.isPresent()) {
        cancellation.check();
        add(block.get().ref());
        block = blocksOf.next();
      }
    } catch (IllegalArgumentException | NullPointerException e) {
      throw StorageFailure.damaged(files.storage(), path, "has a block that makes no sense", e);
    }
  }

  private void add(BlockRef named) {
    BlockRef ref = named;
    while (volumes.number(ref.volume()) < 0) {
      if (unknown.contains(ref.volume())) {
        return;
      }
      Optional<BlockRef> next = moved.find(ref);
      if (next.isEmpty()) {
        // Of a volume that came since, or that is missing: nothing of it is removed here.
        unknown.add(ref.volume());
        return;
      }
      tables.add(ref.volume());
      ref = next.get();
    }
    places.add(new Places.Place(volumes.number(ref.volume()), ref.offset(), ref.length()));
  }

  private void count() {
    if (!counted) {
      Arrays.fill(bytes, 0);
      Arrays.fill(blocks, 0);
      places.each(
          place -> {
            bytes[place.volume()] += place.length();
            blocks[place.volume()]++;
          });
      counted = true;
    }
  }

  /** How many bytes of a volume are needed. */
  long bytes(int volume) {
    count();
    return bytes[volume];
  }

  /** How many blocks of a volume are needed. */
  int blocks(int volume) {
    count();
    return blocks[volume];
  }

  /** Every place that is needed, in the order of volumes and offsets, each once. */
  Places places() {
    return places;
  }

  /** Whether a list is needed. */
  boolean needsList(String id) {
    return lists.containsList(id);
  }

  /** Whether the table of a rewritten volume is needed. */
  boolean needsTable(VolumeId volume) {
    return tables.contains(volume);
  }

  @Override
  public void close() {
    places.close();
  }
}
