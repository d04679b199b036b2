package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.plane.KnownDomains;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.WriterDomain;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.storage.SeveralAtOnce;
import java.util.List;
import java.util.Optional;
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
    SeveralAtOnce.of(files.storage(), manifests, this::source)
        .forEach(source -> source.ifPresent(sources::add));
    return KnownDomains.of(
            files,
            sources,
            (path, e) -> findings.failure(path, e, "the proof of what this writer wrote"))
        .stream()
        .map(WriterDomain::domain)
        .toList();
  }

  private Optional<String> source(String manifest) {
    try {
      return Optional.of(ManifestFile.head(files, manifest).source().id());
    } catch (GodwitException e) {
      return Optional.empty(); // it is told where the snapshot is looked at
    }
  }
}
