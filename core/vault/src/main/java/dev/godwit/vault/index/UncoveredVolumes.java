package dev.godwit.vault.index;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.IdSet;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.SealedVolume;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds volumes that no segment of the index covers, as a killed run or a lost index leaves them,
 * and indexes them from their footers. So a killed backup, run again, stores only what is missing.
 * A volume whose blocks are not the run's to use again is covered without any, so that it is looked
 * at once.
 */
public final class UncoveredVolumes {
  /** Blocks that are sorted in memory at a time: about 10 MB. */
  private static final int AT_ONCE = 64 << 10;

  private final VaultFiles files;
  private final Storage storage;
  private final BlockIndex index;
  private final Cancellation cancellation;
  private final Consumer<String> warnings;

  /** Looks at the volumes that lie in the storage now. */
  public UncoveredVolumes(
      VaultRun run, BlockIndex index, Cancellation cancellation, Consumer<String> warnings) {
    this.files = run.files();
    this.storage = run.storage();
    this.index = index;
    this.cancellation = cancellation;
    this.warnings = warnings;
  }

  /**
   * Indexes them, and forgets those that are gone. A volume that cannot be read is told and left
   * alone.
   */
  public void cover() {
    Set<CoveredVolume> covered = new HashSet<>();
    index.segments().forEach(segment -> covered.addAll(segment.volumes()));
    List<SealedVolume> found = new ArrayList<>();
    IdSet there = new IdSet();
    int blocks = 0;
    try (Stream<StoredFile> stored = storage.list(Layout.VOLUMES)) {
      for (Iterator<StoredFile> i = stored.iterator(); i.hasNext(); ) {
        cancellation.check();
        StoredFile file = i.next();
        Layout.volumeAt(file.path()).ifPresent(there::add);
        Optional<SealedVolume> volume = readUncovered(file, covered);
        if (volume.isPresent()) {
          found.add(volume.get());
          blocks += volume.get().blocks().size();
        }
        if (blocks >= AT_ONCE) {
          index.add(found);
          found.clear();
          blocks = 0;
        }
      }
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.VOLUMES, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.VOLUMES, e.getCause());
    }
    if (!found.isEmpty()) {
      index.add(found);
    }
    index.drop(id -> !there.contains(id)); // whoever prunes may not have had this index's keys
  }

  private Optional<SealedVolume> readUncovered(StoredFile file, Set<CoveredVolume> covered) {
    Optional<VolumeId> id = Layout.volumeAt(file.path());
    if (id.isEmpty() || covered.contains(new CoveredVolume(id.get(), file.size()))) {
      return Optional.empty();
    }
    try {
      VolumeTable table = VolumeTable.read(files, id.get(), file.size());
      if (!index.mayReuse(table)) {
        return Optional.of(new SealedVolume(id.get(), file.size(), List.of()));
      }
      List<BlockRef> blocks = new ArrayList<>(table.size());
      for (int i = 0; i < table.size(); i++) {
        blocks.add(table.block(i));
      }
      return Optional.of(new SealedVolume(id.get(), file.size(), blocks));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, file.path(), e);
    } catch (DamagedBlockException e) {
      warnings.accept(file.path() + ' ' + e.getMessage() + "; its blocks are not used again");
      return Optional.empty();
    }
  }
}
