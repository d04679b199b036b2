package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.CheckReport;
import dev.godwit.vault.audit.Audit;
import dev.godwit.vault.audit.AuditName;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.VaultFile;
import dev.godwit.vault.index.SegmentOpener;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.Bundles;
import dev.godwit.vault.snapshot.ForeignManifest;
import dev.godwit.vault.snapshot.ManifestBundle;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.Present;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.ForeignVolume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
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
  private final VaultFiles files;
  private final Storage storage;
  private final DataShare share;
  private final VolumeTables tables;
  private final PluginContext context;
  private final Findings findings;
  private final Workers workers;
  private final IndexCheck index;

  /**
   * A check.
   *
   * @param share of the data that is read, beyond what shows structure and references
   * @param progress told the bytes read since the last call, by any thread
   */
  public VaultCheck(
      VaultFiles files, DataShare share, PluginContext context, Consumer<Long> progress) {
    this.files = files;
    this.storage = files.storage();
    this.share = share;
    this.tables = new VolumeTables(files);
    this.context = context;
    this.findings = new Findings(storage, progress);
    this.workers = new Workers(storage, context);
    this.index = new IndexCheck(files, findings, context.cancellation());
  }

  /** Looks at everything. */
  public CheckReport run() {
    if (!share.isNone()) {
      files.requireReading(); // a writer's key alone does not do
    }
    checkVaultFile();
    context.cancellation().check();
    List<String> manifests = new Snapshots(files).paths();
    Map<String, StoredFile> volumes = new TreeMap<>();
    Map<String, StoredFile> lists = new TreeMap<>();
    Map<String, StoredFile> segments = new TreeMap<>();
    sort(volumes, lists, segments);
    List<Domain> domains = new CheckedDomains(files, findings).of(manifests);
    index.open(segments.values(), domains);
    VolumeCheck volumeCheck = new VolumeCheck(files, share, domains, tables, context, findings);
    Map<Boolean, List<StoredFile>> read =
        volumes.values().stream().collect(Collectors.partitioningBy(f -> share.holds(id(f))));
    workers.eachSmall(read.get(false), file -> volumeCheck.check(id(file), file));
    workers.each(read.get(true), file -> volumeCheck.check(id(file), file));
    BlockCheck blocks = new BlockCheck(volumeCheck, tables, new MovedBlocks(files), findings);
    SnapshotCheck snapshots = new SnapshotCheck(files, blocks, findings, context.cancellation());
    if (files.isReadable()) {
      workers.eachSmall(manifests, snapshots::check);
    } else {
      workers.eachSmall(
          manifests, new ReferencesCheck(files, blocks, findings, context.cancellation())::check);
      findings.remark(
          "the contents and definitions of the snapshots were not looked into: that takes an"
              + " identity or the passphrase");
    }
    checkIndex(volumes.values().stream().map(VaultCheck::id).toList(), volumeCheck);
    if (share.isAll()) {
      // Those that snapshots refer to were read and proven with them.
      lists.keySet().removeAll(snapshots.provenLists());
      workers.eachSmall(lists.values(), this::checkList);
    }
    if (share.isAll()) {
      checkAudit();
    }
    checkBundles();
    findings.tellUnproven(blocks.referred());
    tellForeign(manifests, volumes);
    long unused = volumes.values().stream().filter(f -> !blocks.referred().contains(id(f))).count();
    if (unused > 0) {
      findings.remark("volumes that no snapshot uses, as a killed backup leaves them: " + unused);
    }
    findings.forget(dropped(manifests));
    return findings.report();
  }

  /** What is another vault's is damage to this one, and may be as whole as it was. */
  private void tellForeign(List<String> manifests, Map<String, StoredFile> volumes) {
    long foreign = 0;
    for (String path : manifests) {
      foreign += findings.isDamaged(path) && ForeignManifest.isAt(files, path) ? 1 : 0;
    }
    for (StoredFile file : volumes.values()) {
      foreign += findings.isDamaged(file.path()) && isForeign(file) ? 1 : 0;
    }
    if (foreign > 0) {
      findings.remark(
          "manifests and volumes of another vault, as where two were copied into one folder: "
              + foreign
              + "; a copy of it with the vault.json of the other is that other vault");
    }
  }

  private boolean isForeign(StoredFile file) {
    try {
      return ForeignVolume.isAt(files, id(file), file.size());
    } catch (NoSuchFileException e) {
      return false; // removed meanwhile
    } catch (IOException e) {
      throw StorageFailure.reading(storage, file.path(), e);
    }
  }

  /** The ids of snapshots that were there and are no more. */
  private Set<String> dropped(List<String> manifests) {
    Set<String> left = Set.copyOf(new Snapshots(files).paths());
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

  private void sort(
      Map<String, StoredFile> volumes,
      Map<String, StoredFile> lists,
      Map<String, StoredFile> segments) {
    StrangeFiles strange = new StrangeFiles();
    try (Stream<StoredFile> stored = storage.list("")) {
      stored.forEach(
          file -> {
            context.cancellation().check();
            String path = file.path();
            if (Layout.volumeAt(path).isPresent()) {
              volumes.put(path, file);
            } else if (Layout.listAt(path).isPresent()) {
              lists.put(path, file);
            } else if (SegmentOpener.isSegment(path)) {
              segments.put(path, file);
            } else if (Layout.movedAt(path).isPresent()) {
              checkTable(path);
            } else if (path.startsWith(Layout.WORK + '/')) {
              findings.remark(path + " is not finished: a backup runs, or was killed");
            } else if (!path.equals(Layout.VAULT)
                && ManifestFile.idAt(path).isEmpty()
                && AuditName.at(path).isEmpty()
                && !ManifestBundle.isAt(path)
                && !path.matches(Layout.WRITERS + "/[0-9a-f]{32}\\.json")
                && !path.matches("(locks/[0-9a-f]{32}\\.json|marks/.*|pins/[0-9a-f]{16})")) {
              strange.add(path);
            }
          });
    } catch (IOException e) {
      throw StorageFailure.reading(storage, "the folder", e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, "the folder", e.getCause());
    }
    strange.tell(findings);
  }

  private void checkTable(String path) {
    try {
      MovedBlocks.read(files, Layout.movedAt(path).orElseThrow())
          .ifPresent(table -> findings.read(table.bytes().remaining()));
    } catch (GodwitException e) {
      findings.failure(path, e);
    }
  }

  private void checkBundles() {
    new Bundles(storage)
        .bent(context.cancellation())
        .forEach(
            (path, what) ->
                findings.damage(
                    path, what + "; no snapshot needs it, and 'godwit repair' removes it"));
  }

  private void checkList(StoredFile file) {
    String id = file.path().substring(file.path().lastIndexOf('/') + 1);
    // What a prune has removed meanwhile is missed only by snapshots that need it.
    if (!ListReader.isWhole(storage, id) && Present.find(storage, file.path()).isPresent()) {
      findings.damage(file.path(), "has another hash than its name");
    }
    findings.read(file.size());
  }

  private void checkAudit() {
    new Audit(files)
        .read(List.of())
        .damages()
        .forEach(damage -> findings.damage(damage.file(), damage.what()));
  }

  private void checkIndex(List<VolumeId> volumes, VolumeCheck volumeCheck) {
    index.holdAgainst(Set.copyOf(volumes));
    if (!share.isNone()) {
      workers.each(
          volumes,
          id -> {
            if (share.holds(id) && volumeCheck.isWhole(id)) {
              tables.unlessGone(id).ifPresent(index::holdAgainst);
            }
          });
    }
  }
}
