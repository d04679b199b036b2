package dev.godwit.vault.prune;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.PruneReport.Space;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.lock.LivingLock;
import dev.godwit.vault.mark.MarkFile;
import dev.godwit.vault.mark.MarkFile.Going;
import dev.godwit.vault.mark.Marked;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.prune.SparseVolumes.Sparse;
import dev.godwit.vault.storage.Present;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The last part of a prune: volumes of which little is needed are written anew, and the index is
 * told what went; only where no backup is at work.
 */
final class SparsePass {
  private final VaultFiles files;
  private final Storage storage;
  private final VolumeLimits limits;
  private final double below;
  private final Owners owners;
  private final PluginContext context;
  private final List<String> remarks = new ArrayList<>();

  /**
   * A pass.
   *
   * @param below the share of a file that is needed, below which it is rewritten
   */
  SparsePass(
      VaultFiles files, VolumeLimits limits, double below, Owners owners, PluginContext context) {
    this.files = files;
    this.storage = files.storage();
    this.limits = limits;
    this.below = below;
    this.owners = owners;
    this.context = context;
  }

  /** What else is worth knowing. */
  List<String> remarks() {
    return remarks;
  }

  /**
   * What would be rewritten.
   *
   * @param ready which volumes are not left to a later prune
   */
  Space preview(VolumeFiles volumes, LiveBlocks blocks, Instant now, Predicate<VolumeId> ready) {
    try (SparseVolumes sparse = find(volumes, blocks, now)) {
      Rewritable whose = whose(sparse);
      Rewritable some = whose.only(ready);
      tellLater(whose.count() - some.count());
      return some.space();
    }
  }

  private void tellLater(long volumes) {
    if (volumes > 0) {
      remarks.add(volumes + " volumes with little live data are rewritten by a later prune");
    }
  }

  private SparseVolumes find(VolumeFiles volumes, LiveBlocks live, Instant before) {
    return SparseVolumes.find(volumes, live, below, before, owners.overhead());
  }

  private Rewritable whose(SparseVolumes sparse) {
    Rewritable whose = Rewritable.of(sparse, owners, storage, context);
    Space foreign = whose.foreignSpace();
    if (foreign.files() > 0) {
      remarks.add(
          "volumes with little live data of "
              + (files.isReadable()
                  ? "writers whose keys the vault does not keep"
                  : "other writers, which a prune with an identity or the passphrase rewrites")
              + ": "
              + foreign.files()
              + " ("
              + foreign.bytes()
              + " bytes)");
    }
    return whose;
  }

  /** Rewrites them. */
  Space run(VolumeFiles volumes, LiveSnapshots live, Instant before, Guard guard) {
    Space rewritten = Space.NONE;
    try (SparseVolumes sparse = find(volumes, live.blocks(), before)) {
      Rewritable whose = whose(sparse);
      List<String> marks = List.of();
      if (whose.count() > 0 && isAlone(guard, whose)) {
        marks = mark(whose, live, guard);
      }
      if (!marks.isEmpty() && isAlone(guard, whose)) {
        live.lookAgain(); // who ended since the look before has its manifest there
        rewritten = rewrite(whose, volumes, live, before, guard);
      }
      marks.forEach(this::removeMark);
    }
    return rewritten;
  }

  /**
   * Where lists lag: rewrites those whose marks have rested, and marks the others for a later
   * prune. Who does not see a mark that has rested has seen the volume gone; who relied on it
   * before that is shown by now.
   *
   * @param rested volumes whose marks have rested, and are there still
   */
  Space runRested(
      VolumeFiles volumes, LiveSnapshots live, Instant before, Guard guard, Set<VolumeId> rested) {
    try (SparseVolumes sparse = find(volumes, live.blocks(), before)) {
      Rewritable whose = whose(sparse);
      Marked marked = Marked.read(files);
      Rewritable fresh = whose.only(volume -> !marked.goes(volume));
      if (fresh.count() > 0) {
        var unused = mark(fresh, live, guard); // they stay, and rest
      }
      Rewritable ready = whose.only(rested::contains);
      tellLater(whose.count() - ready.count());
      return ready.count() > 0 && isAlone(guard, ready)
          ? rewrite(ready, volumes, live, before, guard)
          : Space.NONE;
    }
  }

  /** Makes the index forget what is gone. */
  void forgetGone(Guard guard) {
    if (guard.writers().isEmpty()) {
      VolumeFiles there = VolumeFiles.list(storage, context.cancellation());
      owners.drop(id -> there.number(id) < 0 && isGone(id));
    }
  }

  private boolean isGone(VolumeId volume) {
    return Present.find(storage, Layout.volume(volume)).isEmpty();
  }

  private boolean isAlone(Guard guard, Rewritable whose) {
    List<LivingLock> writers = guard.writers();
    if (!writers.isEmpty()) {
      Set<String> who = new TreeSet<>();
      writers.forEach(writer -> who.add(writer.told()));
      remarks.add(
          whose.count()
              + " volumes with little live data are rewritten by a later prune: "
              + String.join("; ", who)
              + " is at work");
    }
    return writers.isEmpty();
  }

  private List<String> mark(Rewritable whose, LiveSnapshots live, Guard guard) {
    Marking marking = new Marking(files, guard, live, file -> {});
    whose.each().forEach(s -> marking.add(new Going(Layout.volume(s.id()), s.size())));
    return marking.finish();
  }

  /** Of what was marked, that of which little is needed still. */
  private Space rewrite(
      Rewritable marked, VolumeFiles volumes, LiveSnapshots live, Instant before, Guard guard) {
    Removal old = new Removal(storage);
    Rewriting rewriting = new Rewriting(files, limits, guard, old, context);
    try (SparseVolumes sparse = find(volumes, live.blocks(), before)) {
      for (Map.Entry<Owner, List<Sparse>> each : marked.owned().entrySet()) {
        Set<VolumeId> his = new HashSet<>();
        each.getValue().forEach(volume -> his.add(volume.id()));
        rewriting.rewrite(
            each.getKey(),
            sparse,
            sparse.fewestBytesFirst().stream().filter(s -> his.contains(s.id())).toList());
      }
    }
    if (!old.retained().isEmpty()) {
      remarks.add(
          "volumes with little live data may not be removed here, and are left as they are");
    }
    return new Space(rewriting.files(), Math.max(0, rewriting.fewer()));
  }

  private void removeMark(String path) {
    try {
      MarkFile.remove(storage, path);
    } catch (IOException e) {
      throw StorageFailure.writing(storage, path, e);
    }
  }
}
