package dev.godwit.vault.prune;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.Groups;
import dev.godwit.vault.storage.SeveralAtOnce;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The snapshots that stay, and what they need. Those that come while a prune runs are added. */
final class LiveSnapshots {
  private final VaultFiles files;
  private final LiveBlocks blocks;
  private final Set<String> added = new HashSet<>();

  LiveSnapshots(VaultFiles files, LiveBlocks blocks) {
    this.files = files;
    this.blocks = blocks;
  }

  /** Every snapshot that is there now, oldest first. */
  static List<SnapshotHead> all(VaultFiles files) {
    List<String> paths = new Snapshots(files).paths();
    return SeveralAtOnce.of(files.storage(), paths, path -> read(files, path)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Nothing where it vanished since it was listed: its writer took it back. */
  private static Optional<SnapshotHead> read(VaultFiles files, String path) {
    try {
      return Optional.of(ManifestFile.head(files, path));
    } catch (GodwitException e) {
      try {
        files.storage().stat(path);
      } catch (NoSuchFileException gone) {
        return Optional.empty();
      } catch (IOException other) {
        throw StorageFailure.reading(files.storage(), path, other);
      }
      throw e;
    }
  }

  /** Adds what a snapshot needs, once. */
  void add(SnapshotHead snapshot) {
    if (added.add(snapshot.id())) {
      blocks.add(snapshot);
    }
  }

  /** Adds what snapshots need. */
  void addAll(List<SnapshotHead> snapshots) {
    for (List<SnapshotHead> some : Groups.of(snapshots)) {
      blocks.readAhead(some);
      some.forEach(this::add);
    }
  }

  /** Adds every snapshot that is there now. */
  void lookAgain() {
    for (String path : new Snapshots(files).paths()) {
      if (!added.contains(ManifestFile.idAt(path).orElseThrow())) {
        read(files, path).ifPresent(this::add);
      }
    }
  }

  LiveBlocks blocks() {
    return blocks;
  }
}
