package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.WriterFiles;
import dev.godwit.vault.plane.KnownDomains;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.WriterDomain;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.storage.SeveralAtOnce;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The domains of an encrypted vault that a check can prove with the keys at hand. */
final class CheckedDomains {
  private final VaultFiles files;
  private final Findings findings;

  CheckedDomains(VaultFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  /**
   * Those of each writer whose key is at hand, one for each source; none where the vault is not
   * encrypted.
   *
   * @param manifests the paths of all
   */
  List<Domain> of(List<String> manifests) {
    if (files.writing().isEmpty()) {
      return List.of();
    }
    TreeSet<String> sources = new TreeSet<>();
    TreeSet<String> writers = new TreeSet<>();
    SeveralAtOnce.of(files.storage(), manifests, this::head)
        .forEach(
            head -> {
              head.ifPresent(h -> sources.add(h.source().id()));
              head.flatMap(SnapshotHead::writer).ifPresent(writers::add);
            });
    checkWriters(writers);
    return KnownDomains.of(
            files,
            sources,
            (path, e) -> findings.failure(path, e, "the proof of what this writer wrote"))
        .stream()
        .map(WriterDomain::domain)
        .toList();
  }

  /**
   * Without the file of its key what a writer backed up can be read, and no more: nobody proves it,
   * exports it or writes its volumes anew.
   *
   * @param writers ids of those who wrote snapshots
   */
  private void checkWriters(Set<String> writers) {
    Set<String> kept = Set.copyOf(WriterFiles.ids(files.storage()));
    for (String id : writers) {
      if (!kept.contains(id)) {
        findings.damage(
            Layout.writer(id),
            "is missing; the next backup or repair with that writer's key brings it back",
            "the proof of what this writer wrote");
      }
    }
  }

  private Optional<SnapshotHead> head(String manifest) {
    try {
      return Optional.of(ManifestFile.head(files, manifest));
    } catch (GodwitException e) {
      return Optional.empty(); // it is told where the snapshot is looked at
    }
  }
}
