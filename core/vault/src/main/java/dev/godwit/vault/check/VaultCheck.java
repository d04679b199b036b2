package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.CheckReport;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.VaultFile;
import dev.godwit.vault.index.SegmentOpener;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Looks for damage in a whole vault. Manifests are listed before volumes, so that a backup that
 * ends meanwhile is no damage. Nothing is changed.
 */
public final class VaultCheck {
  private final VaultFiles files;
  private final Storage storage;
  private final boolean readData;
  private final PluginContext context;
  private final Findings findings;
  private final Workers workers;
  private final IndexCheck index;

  /**
   * A check.
   *
   * @param readData whether every byte is read, or only what shows structure and references
   * @param progress told the bytes read since the last call, by any thread
   */
  public VaultCheck(
      VaultFiles files, boolean readData, PluginContext context, Consumer<Long> progress) {
    this.files = files;
    this.storage = files.storage();
    this.readData = readData;
    this.context = context;
    this.findings = new Findings(storage, progress);
    this.workers = new Workers(context);
    this.index = new IndexCheck(files, findings, context.cancellation());
  }

  /** Looks at everything. */
  public CheckReport run() {
    if (readData) {
      var unused = files.reading(); // a writer's key alone does not do
    }
    checkVaultFile();
    List<String> manifests = new Snapshots(files).paths();
    Map<String, StoredFile> volumes = new TreeMap<>();
    Map<String, StoredFile> lists = new TreeMap<>();
    Map<String, StoredFile> segments = new TreeMap<>();
    sort(volumes, lists, segments);
    List<Domain> domains = new CheckedDomains(files, findings).of(manifests);
    index.open(segments.values(), domains);
    VolumeCheck volumeCheck = new VolumeCheck(files, readData, domains, context, findings);
    workers.each(volumes.values(), file -> volumeCheck.check(id(file), file));
    SnapshotCheck snapshots =
        new SnapshotCheck(files, volumeCheck, findings, context.cancellation());
    if (files.isReadable()) {
      workers.each(manifests, snapshots::check);
    } else {
      workers.each(manifests, snapshots::checkReferences);
      findings.remark(
          "the contents and definitions of the snapshots were not looked into: that takes an"
              + " identity or the passphrase");
    }
    checkIndex(volumes.values().stream().map(VaultCheck::id).toList(), volumeCheck);
    if (readData) {
      workers.each(lists.values(), this::checkList);
    }
    long unused =
        volumes.values().stream().filter(f -> !snapshots.referred().contains(id(f))).count();
    if (unused > 0) {
      findings.remark(unused + " volumes are not used by any snapshot, as a killed backup leaves");
    }
    return findings.report();
  }

  private static VolumeId id(StoredFile file) {
    return Layout.volumeAt(file.path()).orElseThrow();
  }

  private void checkVaultFile() {
    try {
      VaultFile.read(storage);
    } catch (GodwitException e) {
      findings.failure(Layout.VAULT, e, "every snapshot");
    }
  }

  private void sort(
      Map<String, StoredFile> volumes,
      Map<String, StoredFile> lists,
      Map<String, StoredFile> segments) {
    try (Stream<StoredFile> stored = storage.list("")) {
      stored.forEach(
          file -> {
            context.cancellation().check();
            String path = file.path();
            if (Layout.volumeAt(path).isPresent()) {
              volumes.put(path, file);
            } else if (Layout.isList(path)) {
              lists.put(path, file);
            } else if (SegmentOpener.isSegment(path)) {
              segments.put(path, file);
            } else if (path.startsWith(Layout.WORK + '/')) {
              findings.remark(path + " is not finished: a backup runs, or was killed");
            } else if (!path.equals(Layout.VAULT)
                && ManifestFile.idAt(path).isEmpty()
                && !path.matches(Layout.WRITERS + "/[0-9a-f]{32}\\.json")
                && !path.matches(Layout.LOCKS + "/[0-9a-f]{32}\\.json")) {
              findings.remark(path + " is no file of a vault");
            }
          });
    } catch (IOException e) {
      throw StorageFailure.reading(storage, "the folder", e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, "the folder", e.getCause());
    }
  }

  private void checkList(StoredFile file) {
    String id = file.path().substring(file.path().lastIndexOf('/') + 1);
    if (!ListReader.isWhole(storage, id)) {
      findings.damage(file.path(), "has another hash than its name");
    }
    findings.read(file.size());
  }

  private void checkIndex(List<VolumeId> volumes, VolumeCheck volumeCheck) {
    index.holdAgainst(Set.copyOf(volumes));
    if (readData) {
      VolumeTables tables = new VolumeTables(files);
      workers.each(
          volumes,
          id -> {
            if (volumeCheck.isWhole(id)) {
              index.holdAgainst(tables.of(id));
            }
          });
    }
  }
}
