package dev.godwit.vault.prune;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.PruneReport;
import dev.godwit.vault.PruneReport.Fate;
import dev.godwit.vault.PruneReport.Space;
import dev.godwit.vault.PruneRequest;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.lock.Leftovers;
import dev.godwit.vault.lock.LivingLock;
import dev.godwit.vault.mark.MarkFile;
import dev.godwit.vault.mark.Marked;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.Bundles;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.storage.Groups;
import dev.godwit.vault.storage.SeveralAtOnce;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops the snapshots that no rule keeps, and then what no snapshot needs. Killed at any moment, it
 * leaves a vault in which every snapshot that is left can be restored; the next one goes on.
 *
 * <p>What is to go is marked first. A writer that comes later does not rely on it; one that was
 * there before is seen by its lock, and what is marked stays until it has ended and its manifest
 * was looked at. So nobody waits for anybody.
 */
public final class VaultPrune {
  private final VaultFiles files;
  private final Storage storage;
  private final VolumeLimits limits;
  private final PruneRequest request;
  private final PluginContext context;
  private final Removal removal;

  /** A prune of the vault in a storage. */
  public VaultPrune(
      VaultFiles files, VolumeLimits limits, PruneRequest request, PluginContext context) {
    this.files = files;
    this.storage = files.storage();
    this.limits = limits;
    this.request = request;
    this.context = context;
    this.removal = new Removal(storage);
  }

  /**
   * Prunes, or says what would be done.
   *
   * @throws GodwitException {@code USAGE} without any rule; {@code LOCKED} where another pruner is
   *     at work; {@code DAMAGED} where a snapshot that stays cannot be read to the end of its
   *     lists: then nothing was removed
   */
  public PruneReport run() {
    Fates.requireRules(request);
    return request.dryRun() ? preview() : prune();
  }

  private PruneReport preview() {
    Instant now = StorageClock.of(storage).now();
    List<Fate> fates = Fates.of(LiveSnapshots.all(files), new Pins(storage).all(), request, now);
    VolumeFiles volumes = VolumeFiles.list(storage, context.cancellation());
    try (LiveBlocks blocks = live(volumes)) {
      LiveSnapshots live = new LiveSnapshots(files, blocks);
      addKept(fates, live);
      RestPreview preview = new RestPreview(files, now);
      new DeadFiles(storage, volumes, blocks, Marked.NOTHING, now, context.cancellation())
          .each(preview::count);
      Space dead = preview.removed();
      for (List<Fate> some : Groups.of(fates.stream().filter(fate -> !fate.kept()).toList())) {
        context.cancellation().check();
        for (long bytes :
            SeveralAtOnce.of(storage, some, f -> size(ManifestFile.path(f.snapshot())))) {
          dead = dead.plus(bytes);
        }
      }
      SparsePass sparse = sparse(fates);
      Space rewritten = sparse.preview(volumes, blocks, now, preview::isReady);
      return new PruneReport(
          fates,
          dead,
          rewritten,
          preview.waiting(),
          List.of(),
          preview.restsUntil(),
          preview.marksFrom(),
          List.of(),
          sparse.remarks());
    }
  }

  private SparsePass sparse(List<Fate> fates) {
    List<SnapshotHead> snapshots = fates.stream().map(Fate::snapshot).toList();
    Owners owners = Owners.of(files, snapshots, context.warnings());
    return new SparsePass(files, limits, request.rewriteBelow(), owners, context);
  }

  private LiveBlocks live(VolumeFiles volumes) {
    return new LiveBlocks(files, volumes, new MovedBlocks(files), context.cancellation());
  }

  private static void addKept(List<Fate> fates, LiveSnapshots live) {
    live.addAll(fates.stream().filter(Fate::kept).map(Fate::snapshot).toList());
  }

  private PruneReport prune() {
    try (Guard guard = new Guard(storage, context)) {
      context.cancellation().check();
      new Leftovers(storage, context.warnings()).clear();
      context.cancellation().check();
      List<String> marks = wholeMarks();
      StorageClock clock = StorageClock.of(storage);
      context.cancellation().check();
      List<Fate> fates =
          Fates.of(LiveSnapshots.all(files), new Pins(storage).all(), request, clock.now());
      VolumeFiles volumes = VolumeFiles.list(storage, context.cancellation());
      try (LiveBlocks blocks = live(volumes)) {
        LiveSnapshots live = new LiveSnapshots(files, blocks);
        addKept(fates, live);
        fates = drop(fates, live, guard);
        return reclaim(fates, marks, clock, volumes, live, guard);
      }
    }
  }

  /** The marks of earlier prunes. A bent one goes: nobody sweeps by it while the lock is held. */
  private List<String> wholeMarks() {
    List<String> whole = new ArrayList<>();
    for (String path : MarkFile.paths(storage)) {
      context.cancellation().check();
      try {
        MarkFile.read(files, path).ifPresent(mark -> whole.add(path));
      } catch (GodwitException e) {
        if (e.exitCode() != ExitCode.DAMAGED) {
          throw e;
        }
        context.warnings().accept(path + " is bent; what it named is marked anew");
        removeMark(path);
      }
    }
    return whole;
  }

  private void removeMark(String path) {
    try {
      MarkFile.remove(storage, path);
    } catch (IOException e) {
      throw StorageFailure.writing(storage, path, e);
    }
  }

  /** Drops snapshots, but those that were pinned meanwhile or may not be removed. */
  private List<Fate> drop(List<Fate> fates, LiveSnapshots live, Guard guard) {
    List<Fate> told = new ArrayList<>();
    guard.requireHeld();
    for (List<Fate> some : Groups.of(fates)) {
      some.stream().filter(fate -> !fate.kept()).forEach(fate -> guard.check());
      List<Fate> now = SeveralAtOnce.of(storage, some, fate -> fate.kept() ? fate : dropped(fate));
      for (int i = 0; i < now.size(); i++) {
        told.add(now.get(i));
        if (now.get(i).kept() && !some.get(i).kept()) {
          live.add(now.get(i).snapshot());
        }
      }
    }
    return told;
  }

  /** Drops a snapshot; what became of it. */
  private Fate dropped(Fate fate) {
    if (new Pins(storage).has(fate.snapshot().id())) {
      return new Fate(fate.snapshot(), true, List.of("pinned"));
    }
    String path = ManifestFile.path(fate.snapshot());
    return removal.remove(path, size(path)) ? fate : retained(fate);
  }

  private static Fate retained(Fate fate) {
    List<String> reasons = new ArrayList<>(fate.reasons());
    reasons.add("but it may not be removed yet");
    return new Fate(fate.snapshot(), true, reasons);
  }

  private long size(String path) {
    try {
      return storage.stat(path).size();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  private PruneReport reclaim(
      List<Fate> fates,
      List<String> earlier,
      StorageClock clock,
      VolumeFiles volumes,
      LiveSnapshots live,
      Guard guard) {
    List<LivingLock> writers = guard.writers();
    live.lookAgain();
    context.cancellation().check();
    Rest rest = Rest.in(storage);
    Instant begun = clock.exact() || rest.isNeeded() ? clock.now() : Instant.MAX;
    for (LivingLock writer : writers) {
      begun = writer.taken().isBefore(begun) ? writer.taken() : begun;
    }
    Instant before = rest.isNeeded() ? earlier(begun, rest.shownBefore(clock.now())) : begun;
    Sweep sweep = new Sweep(files, volumes, live, guard, removal);
    Marking marking = new Marking(files, guard, live, sweep::removeIfDead);
    LiveBlocks blocks = live.blocks();
    Marked marked = Marked.read(files);
    DeadFiles dead =
        new DeadFiles(storage, volumes, blocks, marked, before, context.cancellation());
    Unmarked young = new Unmarked(rest);
    dead.each(begun, (file, written) -> marking.add(file), young::count);
    List<String> marks = new ArrayList<>(earlier);
    marks.addAll(marking.finish());
    sweep.sweep(marks);
    SparsePass sparse = sparse(fates);
    Space rewritten = Space.NONE;
    if (removal.retained().stream().noneMatch(r -> r.kind().equals(Layout.VOLUMES))) {
      rewritten =
          rest.isNeeded()
              ? sparse.runRested(volumes, live, before, guard, sweep.rested())
              : sparse.run(volumes, live, before, guard);
    }
    context.cancellation().check();
    sweep.forgetSwept();
    sparse.forgetGone(guard);
    if (fates.stream().anyMatch(fate -> !fate.kept())) {
      renewBundles(guard);
    }
    return new PruneReport(
        fates,
        removal.removed(),
        rewritten,
        sweep.waiting().plus(young.space()),
        sweep.waitsFor(),
        sweep.restsUntil(),
        young.marksFrom(),
        removal.retained(),
        sparse.remarks());
  }

  /** What was dropped leaves no copy behind. */
  private void renewBundles(Guard guard) {
    guard.requireHeld();
    try {
      new Bundles(storage).renew(removal::remove, context.cancellation());
    } catch (IOException e) {
      if (!StorageFailure.isFull(e)) { // what is there does for now
        throw StorageFailure.writing(storage, Layout.BUNDLES, e);
      }
    }
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
