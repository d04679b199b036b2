package dev.godwit.vault.check;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.index.CoveredVolume;
import dev.godwit.vault.index.IndexSegment;
import dev.godwit.vault.index.SegmentOpener;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds the index against the volumes. No snapshot needs the index, so its damages hit none; but a
 * record that lies would spoil the next backup.
 */
final class IndexCheck {
  private final Storage storage;
  private final VaultFiles files;
  private final Findings findings;
  private final Cancellation cancellation;
  private final List<SegmentOpener.Opened> segments = new ArrayList<>();

  IndexCheck(VaultFiles files, Findings findings, Cancellation cancellation) {
    this.storage = files.storage();
    this.files = files;
    this.findings = findings;
    this.cancellation = cancellation;
  }

  /**
   * Opens the segments, which proves every byte of them.
   *
   * @param domains whose keys are at hand
   */
  void open(Collection<StoredFile> stored, Collection<Domain> domains) {
    SegmentOpener opener = new SegmentOpener(files, domains);
    stored.forEach(file -> open(opener, file));
    long foreign = segments.stream().filter(segment -> !segment.isProven()).count();
    if (foreign > 0) {
      findings.remark(
          "segments of the index by other writers, of which only the checksums were proven: "
              + foreign);
    }
  }

  private void open(SegmentOpener opener, StoredFile file) {
    cancellation.check();
    try {
      segments.add(opener.open(file));
      findings.read(file.size());
    } catch (NoSuchFileException e) {
      // A backup that runs has merged it meanwhile.
    } catch (IOException e) {
      throw StorageFailure.reading(storage, file.path(), e);
    } catch (DamagedBlockException e) {
      findings.damage(
          file.path(), e.getMessage() + "; the next backup makes it anew from the volumes");
    }
  }

  /** Looks whether the index covers the volumes that are there, and no others. */
  void holdAgainst(Set<VolumeId> volumes) {
    Set<VolumeId> covered = new HashSet<>();
    long gone = 0;
    for (SegmentOpener.Opened opened : segments) {
      for (CoveredVolume volume : opened.segment().volumes()) {
        if (covered.add(volume.id()) && !volumes.contains(volume.id())) {
          gone++;
        }
      }
    }
    if (gone > 0) {
      findings.remark("the index names volumes that are not there: " + gone);
    }
    long uncovered = volumes.stream().filter(id -> !covered.contains(id)).count();
    if (uncovered > 0) {
      findings.remark(
          "volumes that are not in the index, to which the next backup adds them: " + uncovered);
    }
  }

  /** Looks up each block of a volume that the index says it covers. */
  void holdAgainst(VolumeTable table) {
    List<IndexSegment> covering =
        segments.stream()
            .filter(opened -> opened.holdsBlocksOf(table))
            .map(SegmentOpener.Opened::segment)
            .filter(s -> s.volumes().stream().anyMatch(v -> v.id().equals(table.id())))
            .toList();
    for (IndexSegment segment : covering) {
      try {
        for (int i = 0; i < table.size(); i++) {
          cancellation.check();
          BlockRef block = table.block(i);
          if (!segment.find(block.id()).contains(block)) {
            findings.damage(
                segment.path(),
                "does not know where " + Layout.volume(table.id()) + " holds its blocks");
            break;
          }
        }
      } catch (NoSuchFileException e) {
        // A backup that runs has merged it meanwhile.
      } catch (IOException e) {
        throw StorageFailure.reading(storage, segment.path(), e);
      } catch (DamagedBlockException e) {
        findings.damage(segment.path(), e.getMessage());
      }
    }
  }
}
