package dev.godwit.vault.index;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.SealedVolume;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * From a block's id to where it lies: all segments of the vault, searched on disk. What cannot be
 * read of it is left aside and told; it costs space, never a backup. Safe for use by many threads.
 */
public final class BlockIndex {
  private final SegmentSeal seal;
  private final Storage storage;
  private final Consumer<String> warnings;
  private final List<IndexSegment> segments = new CopyOnWriteArrayList<>();

  private BlockIndex(SegmentSeal seal, Storage storage, Consumer<String> warnings) {
    this.seal = seal;
    this.storage = storage;
    this.warnings = warnings;
  }

  /** Opens every segment that is whole; a bent one is removed, for the volumes hold all it held. */
  public static BlockIndex open(VaultRun run, Consumer<String> warnings) {
    return open(SegmentSeal.of(run), run.storage(), warnings);
  }

  /** Opens the index of one domain of an encrypted vault, as {@link #open(VaultRun, Consumer)}. */
  public static BlockIndex open(Storage storage, Domain domain, Consumer<String> warnings) {
    return open(new DomainSegments(domain), storage, warnings);
  }

  static BlockIndex open(SegmentSeal seal, Storage storage, Consumer<String> warnings) {
    BlockIndex index = new BlockIndex(seal, storage, warnings);
    index.listed().forEach(file -> index.openOrRemove(file.path(), file.size()));
    return index;
  }

  /** The segments of the run's domain that lie there now. */
  private List<StoredFile> listed() {
    String folder = seal.folder();
    try (Stream<StoredFile> files = storage.list(folder)) {
      return files.filter(file -> file.path().endsWith(IndexFormat.SUFFIX)).toList();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, folder, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, folder, e.getCause());
    }
  }

  private void openOrRemove(String path, long size) {
    try {
      segments.add(IndexSegment.open(seal, storage, path, size));
    } catch (NoSuchFileException e) {
      // Another writer has merged it meanwhile.
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    } catch (DamagedBlockException e) {
      warnings.accept(path + ' ' + e.getMessage() + "; the index is rebuilt from the volumes");
      remove(path);
    }
  }

  private void remove(String path) {
    try {
      storage.delete(path);
    } catch (IOException e) {
      warnings.accept(StorageFailure.writing(storage, path, e).getMessage());
    }
  }

  /** Whether the volume's blocks are the run's to use again. */
  boolean mayReuse(VolumeTable volume) {
    return seal.mayReuse(volume);
  }

  /** The segments that are searched. */
  public List<IndexSegment> segments() {
    return List.copyOf(segments);
  }

  /** Every place where a block is known to lie, the newest segment's first. */
  public List<BlockRef> find(BlockId id) {
    List<IndexSegment> searched = segments(); // another thread may take some away meanwhile
    List<BlockRef> places = new ArrayList<>(1);
    for (int i = searched.size() - 1; i >= 0; i--) {
      IndexSegment segment = searched.get(i);
      try {
        places.addAll(segment.find(id));
      } catch (NoSuchFileException e) {
        segments.remove(segment); // another has merged it, or made it anew
        openOthers();
        if (!searched.containsAll(segments)) {
          return find(id);
        }
      } catch (IOException e) {
        throw StorageFailure.reading(storage, segment.path(), e);
      } catch (DamagedBlockException e) {
        if (segments.remove(segment)) {
          warnings.accept(segment.path() + ' ' + e.getMessage() + "; it is left aside");
        }
      }
    }
    return places;
  }

  /** Opens segments that others have written meanwhile. */
  private synchronized void openOthers() {
    Set<String> known = new HashSet<>();
    segments.forEach(segment -> known.add(segment.path()));
    listed().stream()
        .filter(file -> !known.contains(file.path()))
        .forEach(file -> openOrRemove(file.path(), file.size()));
  }

  /**
   * Adds the blocks of volumes as a segment.
   *
   * @throws GodwitException if it cannot be written
   */
  public void add(List<SealedVolume> volumes) {
    List<CoveredVolume> covered =
        volumes.stream().map(volume -> new CoveredVolume(volume.id(), volume.size())).toList();
    List<BlockRef> blocks = new ArrayList<>();
    volumes.forEach(volume -> blocks.addAll(volume.blocks()));
    blocks.sort(Comparator.comparing(BlockRef::id));
    try (SegmentWriter writer = new SegmentWriter(seal, storage, covered, blocks.size())) {
      for (BlockRef block : blocks) {
        writer.add(block);
      }
      adopt(writer.commit());
    } catch (IOException e) {
      throw StorageFailure.writing(storage, seal.folder(), e);
    }
  }

  /** Opens a segment that was just written, or what another writer has merged it into by now. */
  private synchronized void adopt(String path) throws IOException {
    if (segments.stream().anyMatch(segment -> segment.path().equals(path))) {
      return; // met already, by a thread that missed another
    }
    try {
      openOrRemove(path, storage.stat(path).size());
    } catch (NoSuchFileException e) {
      openOthers();
    }
  }

  /**
   * Makes segments anew that name volumes which are gone. A failure is told, and changes nothing:
   * records of a volume that is not there are passed over.
   */
  public void drop(Predicate<VolumeId> isGone) {
    try {
      for (IndexSegment segment : segments()) {
        Set<VolumeId> gone = new HashSet<>();
        segment.volumes().stream().map(CoveredVolume::id).filter(isGone).forEach(gone::add);
        if (!gone.isEmpty()) {
          if (gone.size() < segment.volumes().size()) {
            adopt(SegmentMerge.without(seal, storage, segment, gone));
          }
          segments.remove(segment);
          remove(segment.path());
        }
      }
    } catch (NoSuchFileException e) {
      // Another writer has merged one of them: what names too much goes with the next prune.
    } catch (IOException | DamagedBlockException e) {
      warnings.accept("the index still names volumes that are gone: " + e.getMessage());
    }
  }

  /** Merges small segments until there are few. A failure is told, and changes nothing. */
  public void merge() {
    try {
      List<IndexSegment> due = SegmentMerge.due(segments);
      while (!due.isEmpty()) {
        adopt(SegmentMerge.merge(seal, storage, due));
        segments.removeAll(due);
        due.forEach(segment -> remove(segment.path()));
        due = SegmentMerge.due(segments);
      }
    } catch (NoSuchFileException e) {
      // Another writer merges them too: what it made of them is opened once one is missed.
    } catch (IOException | DamagedBlockException e) {
      warnings.accept("the index was not merged: " + e.getMessage());
    }
  }
}
