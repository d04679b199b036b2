package dev.godwit.vault.prune;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.IdSet;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ContentsLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.list.ReferenceLine;
import dev.godwit.vault.list.ShortLists;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What snapshots need: lists, tables of moved blocks, and places in volumes. A list that many
 * snapshots share is read once. Lists are held by their ids, places on disk. Used by one thread.
 *
 * <p>Lists of each kind are held apart: else whoever names a list of blocks as his contents could
 * make it seem as if it had been read.
 */
final class LiveBlocks implements AutoCloseable {
  private final VaultFiles files;
  private final VolumeFiles volumes;
  private final MovedBlocks moved;
  private final Cancellation cancellation;
  private final Places places = new Places();
  private final IdSet firsts = new IdSet();
  private final IdSet blockLists = new IdSet();
  private final IdSet others = new IdSet();
  private final IdSet tables = new IdSet();
  private final IdSet unknown = new IdSet();
  private final ShortLists ahead;
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
    this.ahead = new ShortLists(files.storage());
    this.bytes = new long[volumes.count()];
    this.blocks = new int[volumes.count()];
  }

  /** Reads ahead what adding these snapshots begins with; so many that it fits into memory. */
  void readAhead(List<SnapshotHead> snapshots) {
    cancellation.check();
    ahead.read(
        snapshots.stream().flatMap(LiveBlocks::lists).filter(list -> !isAdded(list)).toList());
  }

  private static Stream<String> lists(SnapshotHead snapshot) {
    return snapshot.references().isPresent()
        ? Stream.of(snapshot.references(), Optional.of(snapshot.contents()), snapshot.objects())
            .flatMap(Optional::stream)
        : Stream.of(snapshot.contents());
  }

  private boolean isAdded(String list) {
    return Layout.isListId(list) && (firsts.containsList(list) || others.containsList(list));
  }

  /**
   * Adds what a snapshot needs.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if a list of it is missing or
   *     bent, or a volume that it needs is not there
   */
  void add(SnapshotHead snapshot) {
    counted = false;
    if (snapshot.references().isPresent()) {
      addUnread(snapshot.contents());
      snapshot.objects().ifPresent(this::addUnread);
      addReferences(snapshot.references().get());
    } else {
      snapshot.objects().ifPresent(list -> add(others, list));
      addContents(snapshot.contents());
    }
  }

  /** Whether the list was not yet in the set. */
  private boolean add(IdSet set, String list) {
    if (!Layout.isListId(list)) {
      throw StorageFailure.damaged(files.storage(), Layout.LISTS, "has no list of this name", null);
    }
    return set.addList(list);
  }

  /** Adds a list for readers only. A snapshot of which it is bent must not stand for a good one. */
  private void addUnread(String list) {
    if (add(others, list) && !ListReader.isWhole(files.storage(), list, ahead.find(list))) {
      throw StorageFailure.damaged(
          files.storage(),
          Layout.list(list),
          "is missing, or has another hash than its name",
          null);
    }
  }

  private void addReferences(String list) {
    if (!add(firsts, list)) {
      return;
    }
    try (ListReader lines = ListReader.open(files, list, ListKind.REFERENCES, ahead.find(list))) {
      Optional<ReferenceLine> line = lines.next(ReferenceLine.class);
      while (line.isPresent()) {
        cancellation.check();
        if (line.get().list() == null) {
          add(line.get().block(), lines.path());
        } else {
          addBlocks(line.get().list());
        }
        line = lines.next(ReferenceLine.class);
      }
    }
  }

  private void addContents(String list) {
    if (!add(firsts, list)) {
      return;
    }
    try (ListReader lines = ListReader.open(files, list, ListKind.CONTENTS, ahead.find(list))) {
      Optional<ContentsLine> line = lines.next(ContentsLine.class);
      while (line.isPresent()) {
        cancellation.check();
        PartitionLine partition = line.get().partition();
        if (partition != null && partition.list() == null) {
          partition.blocks().forEach(block -> add(block, lines.path()));
        } else if (partition != null) {
          addBlocks(partition.list());
        }
        line = lines.next(ContentsLine.class);
      }
    }
  }

  private void addBlocks(String list) {
    if (!add(blockLists, list)) {
      return;
    }
    try (ListReader lines = ListReader.open(files, list, ListKind.BLOCKS)) {
      Optional<BlockLine> block = lines.next(BlockLine.class);
      while (block.isPresent()) {
        cancellation.check();
        add(block.get(), lines.path());
        block = lines.next(BlockLine.class);
      }
    }
  }

  private void add(BlockLine block, String list) {
    try {
      add(block.ref());
    } catch (IllegalArgumentException | NullPointerException e) {
      throw StorageFailure.damaged(files.storage(), list, "has a block that makes no sense", e);
    }
  }

  private void add(BlockRef named) {
    BlockRef ref = named;
    for (int steps = 0; volumes.number(ref.volume()) < 0; steps++) {
      if (unknown.contains(ref.volume())) {
        return;
      }
      Optional<BlockRef> next = moved.find(ref);
      if (next.isEmpty()) {
        requireThere(ref.volume());
        unknown.add(ref.volume()); // it came since: nothing of it is removed here
        return;
      }
      if (steps > MovedBlocks.MOST_STEPS) {
        throw StorageFailure.damaged(
            files.storage(), Layout.moved(ref.volume()), "leads in a circle", null);
      }
      tables.add(ref.volume());
      ref = next.get();
    }
    places.add(new Places.Place(volumes.number(ref.volume()), ref.offset(), ref.length()));
  }

  /**
   * A volume that is nowhere may only seem so: where the table that says what became of it is gone,
   * or an older one is there, what it held may lie in a volume that nothing seems to need.
   */
  private void requireThere(VolumeId volume) {
    String path = Layout.volume(volume);
    try {
      files.storage().stat(path);
    } catch (NoSuchFileException e) {
      throw new GodwitException(
          ExitCode.DAMAGED,
          path
              + " in "
              + files.storage().display()
              + " is missing, and snapshots that stay need it",
          "'godwit check' names them; what is left of them is not pruned before they are repaired",
          e);
    } catch (IOException e) {
      throw StorageFailure.reading(files.storage(), path, e);
    }
  }

  /** Counts what was added; until more is, any number of threads may ask. */
  void count() {
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
    return firsts.containsList(id) || blockLists.containsList(id) || others.containsList(id);
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
