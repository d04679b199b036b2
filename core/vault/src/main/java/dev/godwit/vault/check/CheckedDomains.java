package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.ReaderKeys;
import dev.godwit.vault.key.WriterFiles;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    Map<String, WriterKeys> writers = writers();
    if (writers.isEmpty()) {
      return List.of();
    }
    TreeSet<String> sources = new TreeSet<>();
    for (String path : manifests) {
      try {
        sources.add(ManifestFile.head(files, path).source().id());
      } catch (GodwitException e) {
        // It is told where the snapshot is looked at.
      }
    }
    List<Domain> domains = new ArrayList<>();
    writers.values().forEach(writer -> sources.forEach(s -> domains.add(writer.domain(s))));
    return domains;
  }

  /** The writer's own, and whoever reads opens those that the vault keeps. */
  private Map<String, WriterKeys> writers() {
    Map<String, WriterKeys> writers = new HashMap<>();
    files.writing().ifPresent(own -> writers.put(own.writerId(), own));
    if (files.keys() instanceof ReaderKeys reader) {
      for (String id : WriterFiles.ids(files.storage())) {
        try {
          writers.put(id, WriterFiles.open(files.storage(), reader, id));
        } catch (GodwitException e) {
          findings.failure(Layout.writer(id), e, "the proof of what this writer wrote");
        }
      }
    }
    return writers;
  }
}
