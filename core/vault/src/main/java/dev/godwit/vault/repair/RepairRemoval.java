package dev.godwit.vault.repair;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.prune.Pins;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes out what a repair has replaced, what is gone for good, and what is bent. */
final class RepairRemoval {
  private final Storage storage;
  private final Pins pins;
  private final Cancellation cancellation;

  RepairRemoval(Storage storage, Cancellation cancellation) {
    this.storage = storage;
    this.pins = new Pins(storage);
    this.cancellation = cancellation;
  }

  /**
   * Takes out the snapshots of findings, each of which is gone or was written anew.
   *
   * @param made those that were written anew; one that became just what it was stays
   */
  void snapshots(List<Finding> findings, List<Manifest> made) {
    Set<String> stay = made.stream().map(ManifestFile::path).collect(Collectors.toSet());
    for (Finding finding : findings) {
      if (finding instanceof Finding.Replaced replaced) {
        pins.handOn(replaced.id(), replaced.by());
      }
      if (!stay.contains(finding.path())) {
        if (!(finding instanceof Finding.Gone)) { // whose manifest a copy of the folder may have
          // First: a pin without its manifest would be met by nobody.
          boolean unused = pins.unpin(finding.id());
        }
        file(finding.path());
      }
    }
  }

  /** Takes out lists that are still bent: a list written anew may have the name of a bent one. */
  void lists(List<String> paths) {
    for (String path : paths) {
      cancellation.check();
      if (Layout.listAt(path).filter(id -> !ListReader.isWhole(storage, id)).isPresent()) {
        file(path);
      }
    }
  }

  /** Takes out files that nothing needs. */
  void files(List<String> paths) {
    paths.forEach(this::file);
  }

  private void file(String path) {
    try {
      storage.delete(path);
    } catch (IOException e) {
      throw StorageFailure.writing(storage, path, e);
    }
  }
}
