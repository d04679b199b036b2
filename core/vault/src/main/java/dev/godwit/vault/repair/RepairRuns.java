package dev.godwit.vault.repair;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.file.AskedAhead;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.ReaderKeys;
import dev.godwit.vault.key.WriterFiles;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.Groups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In whose name a repair writes. In a plain vault that is nobody's. In an encrypted one each
 * snapshot has a domain, its writer's and its source's, and what is made anew for it is made in
 * that: a writer's key mends its own, and whoever reads has the keys of all. Used by one thread.
 */
final class RepairRuns {
  private final VaultFiles files;
  private final Map<String, WriterKeys> writers = new HashMap<>();
  private final Map<String, VaultRun> runs = new LinkedHashMap<>();
  private final List<Domain> domains = new ArrayList<>();

  /** Reads the heads of all manifests; those that are bent are passed over. */
  RepairRuns(VaultFiles files) {
    this.files = files;
    if (files.writing().isEmpty()) {
      runs.put("", files.begin("repair"));
      return;
    }
    files.writing().ifPresent(own -> writers.put(own.writerId(), own));
    AskedAhead ahead = new AskedAhead(files.storage());
    VaultFiles near = files.through(ahead);
    for (List<String> some : Groups.of(new Snapshots(files).paths())) {
      ahead.ask(some);
      some.forEach(path -> begin(near, path));
      ahead.forget();
    }
  }

  private void begin(VaultFiles near, String path) {
    try {
      SnapshotHead head = ManifestFile.head(near, path);
      if (isAtHand(head)) {
        var unused = of(head);
      }
    } catch (GodwitException e) {
      if (e.exitCode() != ExitCode.DAMAGED) {
        throw e;
      }
    }
  }

  private boolean isAtHand(SnapshotHead head) {
    return files.isReadable() || writers.containsKey(head.writer().orElseThrow());
  }

  /** One for each domain that a snapshot names and whose keys are at hand. */
  List<VaultRun> all() {
    return List.copyOf(runs.values());
  }

  /** The domains of these; none where the vault is not encrypted. */
  List<Domain> domains() {
    return domains;
  }

  /**
   * In whose name the snapshot of a manifest is mended.
   *
   * @throws GodwitException {@code DAMAGED} where the key of its writer is not in the vault
   */
  VaultRun of(String manifestPath) {
    return files.writing().isEmpty() ? runs.get("") : of(ManifestFile.head(files, manifestPath));
  }

  private VaultRun of(SnapshotHead head) {
    WriterKeys writer = writers.computeIfAbsent(head.writer().orElseThrow(), this::open);
    Domain domain = writer.domain(head.source().id());
    return runs.computeIfAbsent(
        domain.name(),
        name -> {
          domains.add(domain);
          VaultFiles theirs = new VaultFiles(files.storage(), files.vaultId(), writer);
          return theirs.begin(head.source().id());
        });
  }

  private WriterKeys open(String writerId) {
    ReaderKeys reader = files.keys().reading().orElseThrow();
    return WriterFiles.open(files.storage(), reader, writerId);
  }
}
