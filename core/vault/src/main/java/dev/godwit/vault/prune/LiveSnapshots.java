package dev.godwit.vault.prune;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The snapshots that stay, and what they need. Those that come while a prune runs are added. */
final class LiveSnapshots {
  private final Storage storage;
  private final LiveBlocks blocks;
  private final Set<String> added = new HashSet<>();

  LiveSnapshots(Storage storage, LiveBlocks blocks) {
    this.storage = storage;
    this.blocks = blocks;
  }

  /** Every snapshot that is there now, oldest first. */
  static List<Manifest> all(Storage storage) {
    List<Manifest> all = new ArrayList<>();
    for (String path : new Snapshots(storage).paths()) {
      read(storage, path).ifPresent(all::add);
    }
    return all;
  }

  /** Nothing where it vanished since it was listed: its writer took it back. */
  private static Optional<Manifest> read(Storage storage, String path) {
    try {
      return Optional.of(ManifestFile.read(storage, path));
    } catch (GodwitException e) {
      try {
        storage.stat(path);
      } catch (NoSuchFileException gone) {
        return Optional.empty();
      } catch (IOException other) {
        throw StorageFailure.reading(storage, path, other);
      }
      throw e;
    }
  }

  /** Adds what a snapshot needs, once. */
  void add(Manifest manifest) {
    if (added.add(manifest.id())) {
      blocks.add(manifest);
    }
  }

  /** Adds every snapshot that is there now. */
  void lookAgain() {
    for (String path : new Snapshots(storage).paths()) {
      if (!added.contains(ManifestFile.idAt(path).orElseThrow())) {
        read(storage, path).ifPresent(this::add);
      }
    }
  }

  LiveBlocks blocks() {
    return blocks;
  }
}
