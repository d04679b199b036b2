package dev.godwit.vault.repair;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.carry.RewrittenLists;
import dev.godwit.vault.file.AskedAhead;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.index.KnownBlocks;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.lock.Leftovers;
import dev.godwit.vault.lock.WriterLock;
import dev.godwit.vault.mark.Marked;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.prune.Pins;
import dev.godwit.vault.snapshot.Bundles;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.Snapshots;
import dev.godwit.vault.storage.Groups;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Mends a vault. Whatever is removed is removed last: a new manifest lies in the vault before the
 * old one goes, and a bent file goes when no manifest refers to it. Killed at any moment, the vault
 * is no worse than before, and the next repair goes on.
 */
public final class VaultRepair implements AutoCloseable {
  /** What is said to be left out where schema objects are lost. */
  static final String DEFINITIONS = "definitions";

  private final VaultFiles files;
  private final Storage storage;
  private final VolumeLimits limits;
  private final PluginContext context;
  private final Optional<WriterLock> lock;
  private final boolean readData;
  private final Pins pins;
  private final RepairRuns runs;
  private final SurveyedVolumes volumes;
  private SurveyedIndex index;
  private Salvage salvage;
  private Set<String> manifests = Set.of();

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
    this.storage = files.storage();
    this.limits = limits;
    this.context = context;
    this.readData = readData;
    this.pins = new Pins(storage);
    this.lock = dryRun ? Optional.empty() : Optional.of(lock(storage, context));
    try {
      context.cancellation().check();
      this.runs = new RepairRuns(files);
      this.volumes = new SurveyedVolumes(files, runs.domains(), readData, context, progress);
      this.index = new SurveyedIndex(files, runs, volumes);
      this.salvage = new Salvage(volumes, index, new dev.godwit.vault.moved.MovedBlocks(files));
    } catch (RuntimeException e) {
      lock.ifPresent(WriterLock::close);
      throw e;
    }
  }

  private static WriterLock lock(Storage storage, PluginContext context) {
    WriterLock lock = WriterLock.take(storage, "repair", context.warnings());
    try {
      context.cancellation().check();
      new Leftovers(storage, context.warnings()).clear();
      context.cancellation().check();
      if (!isAlone(lock, storage)) {
        throw new GodwitException(
            ExitCode.LOCKED,
            "another run writes " + storage.display(),
            "run the repair when it has ended; 'godwit repair --dry-run' may run beside it");
      }
      return lock;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Asks for the others: where lists lag, the lock itself may not be shown among them. */
  private static boolean isAlone(WriterLock lock, Storage storage) {
    try {
      return lock.others(storage).isEmpty();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.LOCKS, e);
    }
  }

  private static List<String> files(Storage storage, String folder) {
    try (Stream<StoredFile> files = storage.list(folder)) {
      return files.map(StoredFile::path).sorted().toList();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, folder, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, folder, e.getCause());
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
    salvage = new Salvage(volumes, index, new dev.godwit.vault.moved.MovedBlocks(files));
    return bent;
  }

  /**
   * Removes bundles of manifests that are bent, which no snapshot needs.
   *
   * @return their paths
   */
  public List<String> removeBentBundles() {
    List<String> bent = bentBundles();
    bent.forEach(this::delete);
    return bent;
  }

  private List<String> bentBundles() {
    return List.copyOf(new Bundles(storage).bent(context.cancellation()).keySet());
  }

  /** Looks at every snapshot. Nothing is written. */
  public RepairPlan plan() {
    AskedAhead ahead = new AskedAhead(storage);
    VaultFiles near = files.through(ahead);
    Survey survey = Survey.of(near, salvage, context.cancellation());
    List<Finding> findings = new ArrayList<>();
    manifests = new LinkedHashSet<>(new Snapshots(files).paths());
    for (List<String> some : Groups.of(List.copyOf(manifests))) {
      context.cancellation().check();
      ahead.ask(some);
      if (storage.isRemote()) { // near by, they would be parsed once more for nothing
        ahead.ask(listsOf(near, some));
      }
      for (String path : some) {
        context.cancellation().check();
        survey.look(path).ifPresent(findings::add);
      }
      ahead.forget();
    }
    Set<String> left = Set.copyOf(new Snapshots(files).paths());
    findings.removeIf(finding -> !left.contains(finding.path())); // dropped, beside a dry run
    Set<String> sound = new HashSet<>(manifests);
    findings.forEach(finding -> sound.remove(finding.path()));
    findings.replaceAll(new MendedAlready(files, sound)::look);
    if (readData) {
      for (List<String> some : Groups.of(files(storage, Layout.LISTS))) {
        ahead.ask(some);
        for (String path : some) {
          context.cancellation().check();
          boolean unused = !Layout.isList(path) || survey.isWhole(idOf(path)); // which remembers it
        }
        ahead.forget();
      }
    }
    List<RepairPlan.BentFile> bent = new ArrayList<>();
    volumes
        .bent()
        .forEach((id, what) -> bent.add(new RepairPlan.BentFile(Layout.volume(id), what)));
    return new RepairPlan(
        findings, bent, List.copyOf(survey.bentLists()), index.bent(), bentBundles());
  }

  /** The lists that manifests name, as far as those can be read. */
  private static List<String> listsOf(VaultFiles files, List<String> manifests) {
    List<String> lists = new ArrayList<>();
    for (String path : manifests) {
      try {
        SnapshotHead head = ManifestFile.head(files, path);
        Stream.of(Optional.of(head.contents()), head.references(), head.objects())
            .flatMap(Optional::stream)
            .filter(Layout::isListId)
            .forEach(id -> lists.add(Layout.list(id)));
      } catch (GodwitException e) {
        // Told by whoever looks at the snapshot.
      }
    }
    return lists;
  }

  private boolean isBentList(String path) {
    context.cancellation().check();
    return Layout.isList(path) && !ListReader.isWhole(storage, idOf(path));
  }

  private static String idOf(String list) {
    return list.substring(list.lastIndexOf('/') + 1);
  }

  /**
   * Does what was planned.
   *
   * @return the manifests that were written anew
   * @throws GodwitException {@code WRONG_KEY} where the keys at hand do not read the vault: nothing
   *     is done then
   */
  public List<Manifest> mend(RepairPlan plan) {
    var unused = files.reading();
    List<Manifest> made = new ArrayList<>();
    Set<String> expected = new HashSet<>(manifests);
    index.rebuild(context);
    Marked marked = Marked.read(files);
    Map<Finding.Mended, VaultRun> toMend = new LinkedHashMap<>();
    for (Finding finding : plan.findings()) {
      if (finding instanceof Finding.Mended mended) {
        toMend.put(mended, runs.of(mended.path())); // a writer's key that is gone ends it here
      }
    }
    toMend.forEach((mended, run) -> made.add(mend(mended, run, marked)));
    for (Finding finding : plan.findings()) {
      if (finding instanceof Finding.Replaced replaced) {
        pins.handOn(replaced.id(), replaced.by());
      }
      remove(finding, made);
    }
    made.forEach(manifest -> expected.add(ManifestFile.path(manifest)));
    // In this order: a backup that has ended by the first look has its manifest by the second.
    if (lock.filter(mine -> isAlone(mine, storage)).isPresent()
        && expected.containsAll(new Snapshots(files).paths())) {
      plan.volumes().forEach(file -> delete(file.path()));
      plan.lists().stream().filter(this::isBentList).forEach(this::delete);
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

  private Manifest mend(Finding.Mended finding, VaultRun run, Marked marked) {
    Manifest old = finding.manifest();
    KnownBlocks known = new KnownBlocks(storage, BlockIndex.open(run, context.warnings()));
    known.heed(marked);
    RewrittenLists.Written written;
    try (MovedBlocks blocks = new MovedBlocks(files, run, limits, salvage, known, context);
        RewrittenLists lists =
            new RewrittenLists(
                files,
                run,
                blocks,
                finding.lost()::containsKey,
                marked::goes,
                context.cancellation())) {
      written = lists.write(old);
      blocks.settle();
    }
    List<Manifest.LeftOut> missing = new ArrayList<>();
    for (DatasetName lost : finding.lost().keySet()) {
      missing.add(new Manifest.LeftOut(lost.toString(), "lost: " + finding.lost().get(lost)));
    }
    finding
        .definitionsLost()
        .forEach(why -> missing.add(new Manifest.LeftOut(DEFINITIONS, "lost: " + why)));
    Manifest.Totals totals = written.totals();
    return ManifestFile.write(
        run,
        old.with(
            missing,
            new Manifest.Totals(
                totals.datasets(),
                totals.rows(),
                totals.bytes(),
                totals.blocks(),
                old.totals().newBytes()),
            written.contents(),
            finding.definitionsLost().isEmpty() ? old.objects() : Optional.empty(),
            old.copiedFrom()),
        written.references(),
        id -> pins.handOn(old.id(), id)); // or a prune beside this might drop it
  }

  /** A manifest that a repair wrote again as it was is not removed. */
  private void remove(Finding finding, List<Manifest> made) {
    String path = finding.path();
    if (made.stream().noneMatch(manifest -> ManifestFile.path(manifest).equals(path))) {
      delete(path);
      if (!(finding instanceof Finding.Gone)) { // whose manifest a copy of the folder may have
        pins.unpin(finding.id());
      }
    }
  }

  private void delete(String path) {
    try {
      storage.delete(path);
    } catch (IOException e) {
      throw StorageFailure.writing(storage, path, e);
    }
  }

  @Override
  public void close() {
    lock.ifPresent(WriterLock::close);
  }
}
