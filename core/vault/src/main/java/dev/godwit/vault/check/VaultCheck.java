package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.CheckReport;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.VaultFile;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.moved.MovedBlocks;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for damage in a whole vault. Manifests are listed before volumes, so that a backup that
 * ends meanwhile is no damage. Nothing is changed.
 */
public final class VaultCheck {
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
      Storage storage, boolean readData, PluginContext context, Consumer<Long> progress) {
    this.storage = storage;
    this.readData = readData;
    this.context = context;
    this.findings = new Findings(storage, progress);
    this.workers = new Workers(context);
    this.index = new IndexCheck(storage, findings, context.cancellation());
  }

  /** Looks at everything. */
  public CheckReport run() {
    checkVaultFile();
    List<String> manifests = new Snapshots(storage).paths();
    Map<String, StoredFile> volumes = new TreeMap<>();
    Map<String, StoredFile> lists = new TreeMap<>();
    sort(volumes, lists);
    VolumeCheck volumeCheck = new VolumeCheck(storage, readData, context, findings);
    workers.each(volumes.values(), file -> volumeCheck.check(id(file), file));
    SnapshotCheck snapshots =
        new SnapshotCheck(storage, volumeCheck, findings, context.cancellation());
    workers.each(manifests, snapshots::check);
    checkIndex(volumes.values().stream().map(VaultCheck::id).toList(), volumeCheck);
    if (readData) {
      workers.each(lists.values(), this::checkList);
    }
    long unused =
        volumes.values().stream().filter(f -> !snapshots.referred().contains(id(f))).count();
    if (unused > 0) {
      findings.remark(unused + " volumes are not used by any snapshot, as a killed backup leaves");
    }
    findings.forget(dropped(manifests));
    return findings.report();
  }

  /** The ids of snapshots that were there and are no more. */
  private Set<String> dropped(List<String> manifests) {
    Set<String> left = Set.copyOf(new Snapshots(storage).paths());
    return manifests.stream()
        .filter(path -> !left.contains(path))
        .map(path -> ManifestFile.idAt(path).orElseThrow())
        .collect(Collectors.toUnmodifiableSet());
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

  private void sort(Map<String, StoredFile> volumes, Map<String, StoredFile> lists) {
    try (Stream<StoredFile> files = storage.list("")) {
      files.forEach(
          file -> {
            context.cancellation().check();
            String path = file.path();
            if (Layout.volumeAt(path).isPresent()) {
              volumes.put(path, file);
            } else if (Layout.isList(path)) {
              lists.put(path, file);
            } else if (path.matches(Layout.INDEX + "/[0-9a-f]{32}\\.gwi")) {
              index.open(file);
            } else if (Layout.movedAt(path).isPresent()) {
              checkTable(path);
            } else if (path.startsWith(Layout.WORK + '/')) {
              findings.remark(path + " is not finished: a backup runs, or was killed");
            } else if (!path.equals(Layout.VAULT)
                && ManifestFile.idAt(path).isEmpty()
                && !path.matches("(locks/[0-9a-f]{32}\\.json|marks/.*|pins/[0-9a-f]{16})")) {
              findings.remark(path + " is no file of a vault");
            }
          });
    } catch (IOException e) {
      throw StorageFailure.reading(storage, "the folder", e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, "the folder", e.getCause());
    }
  }

  private void checkTable(String path) {
    try {
      MovedBlocks.read(storage, Layout.movedAt(path).orElseThrow())
          .ifPresent(table -> findings.read(table.bytes().remaining()));
    } catch (GodwitException e) {
      findings.failure(path, e);
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
      VolumeTables tables = new VolumeTables(storage);
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
