package dev.godwit.vault.repair;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.snapshot.Bundles;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.volume.VolumeLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Mends a vault. Whatever is removed is removed last: a new manifest lies in the vault before the
 * old one goes, and a bent file goes when no manifest refers to it. Killed at any moment, the vault
 * is no worse than before, and the next repair goes on.
 */
public final class VaultRepair implements AutoCloseable {
  private final VaultFiles files;
  private final VolumeLimits limits;
  private final PluginContext context;
  private final boolean readData;
  private final Optional<RepairLock> lock;
  private final RepairRemoval removal;
  private final RepairRuns runs;
  private final SurveyedVolumes volumes;
  private SurveyedIndex index;
  private Salvage salvage;

  /**
   * Looks at all volumes.
   *
   * @param readData whether every byte is read, or only what shows structure and references
   * @param dryRun whether nothing at all is to be written
   * @param progress told the stored bytes of volumes as they were looked at
   * @throws GodwitException {@code LOCKED} where another writer is at work and this is no dry run
   */
  public VaultRepair(
      VaultFiles files,
      VolumeLimits limits,
      boolean readData,
      boolean dryRun,
      PluginContext context,
      Consumer<Long> progress) {
    this.files = files;
    this.limits = limits;
    this.context = context;
    this.readData = readData;
    this.removal = new RepairRemoval(files.storage(), context.cancellation());
    this.lock =
        dryRun ? Optional.empty() : Optional.of(RepairLock.takeAlone(files.storage(), context));
    try {
      context.cancellation().check();
      if (!dryRun) {
        MissingWriter.bringBack(files, context.warnings());
      }
      this.runs = new RepairRuns(files);
      this.volumes = new SurveyedVolumes(files, runs.domains(), readData, context, progress);
      this.index = new SurveyedIndex(files, runs, volumes);
      this.salvage = new Salvage(volumes, index, new MovedBlocks(files));
    } catch (RuntimeException e) {
      lock.ifPresent(RepairLock::close);
      throw e;
    }
  }

  /**
   * Makes the index anew where it is missing or of no use. That loses nothing, and is not asked
   * about.
   *
   * @return what was wrong: the segments were removed, the volumes added
   */
  public RepairPlan.BentIndex rebuildIndex() {
    RepairPlan.BentIndex bent = index.bent();
    index.rebuild(context);
    index = new SurveyedIndex(files, runs, volumes);
    salvage = new Salvage(volumes, index, new MovedBlocks(files));
    return bent;
  }

  /**
   * Removes bundles of manifests that are bent, which no snapshot needs.
   *
   * @return their paths
   */
  public List<String> removeBentBundles() {
    List<String> bent = bentBundles();
    removal.files(bent);
    return bent;
  }

  private List<String> bentBundles() {
    return List.copyOf(new Bundles(files.storage()).bent(context.cancellation()).keySet());
  }

  /** Looks at every snapshot. Nothing is written. */
  public RepairPlan plan() {
    SurveyedSnapshots snapshots =
        new SurveyedSnapshots(files, salvage, readData, context.cancellation());
    List<RepairPlan.BentFile> bent = new ArrayList<>();
    volumes
        .bent()
        .forEach((id, what) -> bent.add(new RepairPlan.BentFile(Layout.volume(id), what)));
    List<String> foreign = new ArrayList<>(snapshots.foreign());
    volumes.foreign().forEach(id -> foreign.add(Layout.volume(id)));
    return new RepairPlan(
        snapshots.manifests(),
        snapshots.findings(),
        bent,
        snapshots.bentLists(),
        foreign,
        index.bent(),
        bentBundles());
  }

  /**
   * Does what was planned.
   *
   * @return the manifests that were written anew
   * @throws GodwitException {@code WRONG_KEY} where the keys at hand do not read the vault: nothing
   *     is done then
   */
  public List<Manifest> mend(RepairPlan plan) {
    files.requireReading();
    index.rebuild(context);
    List<Manifest> made = mendSnapshots(plan.findings());
    removal.snapshots(plan.findings(), made);
    // In this order: a backup that has ended by the first look has its manifest by the second.
    if (lock.filter(RepairLock::isAlone).isPresent() && hasOnly(plan.manifests(), made)) {
      removal.files(plan.volumes().stream().map(RepairPlan.BentFile::path).toList());
      removal.lists(plan.lists());
      SurveyedVolumes left = new SurveyedVolumes(files, runs.domains(), false, context, read -> {});
      new SurveyedIndex(files, runs, left).rebuild(context);
    } else {
      context
          .warnings()
          .accept(
              "a backup was begun or made meanwhile, so bent files stay; run the repair once more");
    }
    return made;
  }

  private List<Manifest> mendSnapshots(List<Finding> findings) {
    SnapshotMending mending = new SnapshotMending(files, limits, salvage, context);
    Map<Finding.Mended, VaultRun> toMend = new LinkedHashMap<>();
    for (Finding finding : findings) {
      if (finding instanceof Finding.Mended mended) {
        toMend.put(mended, runs.of(mended.path())); // a writer's key that is gone ends it here
      }
    }
    List<Manifest> made = new ArrayList<>();
    toMend.forEach((mended, run) -> made.add(mending.mend(mended, run)));
    return made;
  }

  /** Whether the vault has no manifest but those that were planned with and those made since. */
  private boolean hasOnly(Set<String> planned, List<Manifest> made) {
    Set<String> expected = new HashSet<>(planned);
    made.forEach(manifest -> expected.add(ManifestFile.path(manifest)));
    return expected.containsAll(new Snapshots(files).paths());
  }

  @Override
  public void close() {
    lock.ifPresent(RepairLock::close);
  }
}
