package dev.godwit.vault.carry;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.index.KnownBlocks;
import dev.godwit.vault.index.UncoveredVolumes;
import dev.godwit.vault.lock.Leftovers;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.snapshot.Bundles;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.Presence;
import dev.godwit.vault.storage.Present;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes snapshots of one vault into another, one after the other. The order is that of a backup:
 * volumes, lists, the index, and the manifest last; so a copy that is killed leaves the target
 * valid, and the next one finds what it brought.
 */
public final class SnapshotCarrier implements AutoCloseable {
  /** Who deletes volumes more often meanwhile would do so for ever. */
  private static final int MOST_ROUNDS = 3;

  private final VaultFiles source;
  private final VaultFiles target;
  private final VolumeLimits limits;
  private final PluginContext context;
  private final Consumer<Long> progress;
  private final Presence presence;
  private final StoredFrames stored;
  private final ExecutorService readers;
  private final CarriedNames names = new CarriedNames();
  private final Map<String, CarriedSource> sources = new HashMap<>();
  private long told;
  private boolean copied;

  /**
   * Takes a lock in the target.
   *
   * @param progress told the uncompressed bytes of blocks as they are moved or found
   * @throws GodwitException {@code WRONG_KEY} where the keys at hand do not read the source
   */
  public SnapshotCarrier(
      VaultFiles source,
      VaultFiles target,
      VolumeLimits limits,
      PluginContext context,
      Consumer<Long> progress) {
    source.requireReading();
    this.source = source;
    this.target = target;
    this.limits = limits;
    this.context = context;
    this.progress = progress;
    this.stored = new StoredFrames(source, context.allocator());
    String what = target.writing().isPresent() ? "copy" : "copy from the vault " + source.vaultId();
    this.presence = new Presence(target, what, context.warnings());
    try {
      context.cancellation().check();
      new Leftovers(target.storage(), context.warnings()).clear();
      context.cancellation().check();
    } catch (RuntimeException e) {
      presence.close();
      throw e;
    }
    this.readers =
        Executors.newFixedThreadPool(
            context.jobs(),
            task -> {
              Thread thread = new Thread(task, "godwit-carry");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** In a plain vault all sources share what lies there. */
  private CarriedSource of(String sourceName) {
    String domain = target.writing().map(keys -> keys.domain(sourceName).name()).orElse("");
    return sources.computeIfAbsent(domain, name -> begin(sourceName));
  }

  private CarriedSource begin(String sourceName) {
    VaultRun run = target.begin(sourceName);
    BlockIndex index = BlockIndex.open(run, context.warnings());
    context.cancellation().check();
    new UncoveredVolumes(run, index, context.cancellation(), context.warnings()).cover();
    index.merge();
    KnownBlocks known = new KnownBlocks(target.storage(), index);
    known.heed(presence.marked());
    FrameRoute route = FrameRoute.between(source, run, names, context.allocator());
    CarriedFrames frames =
        new CarriedFrames(stored, readers, route, run, limits, known, context, progress);
    return new CarriedSource(run, known, frames);
  }

  /**
   * Copies a snapshot. It keeps all that its manifest says but the places of its blocks, what the
   * vault grew by, and where it was copied from.
   *
   * @return its manifest in the target
   * @throws GodwitException {@code DAMAGED} where the source is damaged, or dropped the snapshot
   *     meanwhile ({@link #isDropped}); nothing of it is in the target then but blocks, which
   *     another one may use
   */
  public Manifest copy(Manifest manifest) {
    context.cancellation().check();
    CarriedSource to = of(manifest.source().id());
    for (int round = 1; ; round++) {
      RewrittenLists.Written written = write(manifest, to);
      Optional<String> objects =
          RewrittenLists.objects(
              source, to.run(), manifest, presence::goes, context.cancellation());
      Presence.Since since = lookAgain();
      Set<VolumeId> vanished = to.frames().settle();
      if (vanished.isEmpty() && since == Presence.Since.NOTHING) {
        context.cancellation().check();
        Manifest sealed = seal(manifest, to.run(), written, objects);
        since = lookAgain();
        if (since == Presence.Since.NOTHING) {
          copied = true;
          sources.values().forEach(one -> one.known().beginAnother());
          told = newBytes();
          return sealed;
        }
        takeBack(sealed); // some of what it relies on may have been removed since the look before
      }
      if (round == MOST_ROUNDS) {
        throw vanished("what a copy relies on");
      }
      context
          .warnings()
          .accept(
              switch (since) {
                case SLEPT ->
                    "this copy's lock expired while it was at work, as when a machine sleeps; it"
                        + " begins again";
                case MARKED ->
                    "a prune came to be seen only now, for this storage's lists lag; the copy"
                        + " begins again";
                case NOTHING ->
                    Layout.volume(vanished.iterator().next())
                        + " vanished during the copy; its blocks are copied again";
              });
    }
  }

  /** Whether the source holds a snapshot no more, as after a prune that dropped it meanwhile. */
  public boolean isDropped(Manifest manifest) {
    return Present.find(source.storage(), ManifestFile.path(manifest)).isEmpty();
  }

  private Presence.Since lookAgain() {
    Presence.Since since = presence.lookAgain();
    if (since != Presence.Since.NOTHING) {
      sources.values().forEach(source -> source.known().heedAll(presence.marked()));
    }
    return since;
  }

  private void takeBack(Manifest sealed) {
    try {
      target.storage().delete(ManifestFile.path(sealed));
    } catch (IOException e) {
      throw StorageFailure.writing(target.storage(), ManifestFile.path(sealed), e);
    }
  }

  private GodwitException vanished(String what) {
    return new GodwitException(
        ExitCode.FAILED,
        what + " in " + target.storage().display() + " vanished during the copy",
        "find out what deletes files there, and run the copy again");
  }

  private RewrittenLists.Written write(Manifest manifest, CarriedSource to) {
    try (RewrittenLists lists =
        new RewrittenLists(
            source, to.run(), to.frames(), name -> false, presence::goes, context.cancellation())) {
      RewrittenLists.Written written = lists.write(manifest);
      requireWhole(manifest, written.totals());
      return written;
    }
  }

  private Manifest seal(
      Manifest manifest, VaultRun run, RewrittenLists.Written written, Optional<String> objects) {
    Manifest.Totals totals = written.totals();
    return ManifestFile.write(
        run,
        manifest.with(
            List.of(),
            new Manifest.Totals(
                totals.datasets(),
                totals.rows(),
                totals.bytes(),
                totals.blocks(),
                newBytes() - told),
            written.contents(),
            objects,
            Optional.of(manifest.firstMade(source.vaultId()))),
        written.references());
  }

  private long newBytes() {
    return sources.values().stream().mapToLong(s -> s.frames().newBytes()).sum();
  }

  private void requireWhole(Manifest manifest, Manifest.Totals found) {
    Manifest.Totals said = manifest.totals();
    if (said.datasets() != found.datasets()
        || said.rows() != found.rows()
        || said.bytes() != found.bytes()
        || said.blocks() != found.blocks()) {
      throw StorageFailure.damaged(
          source.storage(),
          Layout.list(manifest.contents()),
          "holds other totals than the manifest of " + manifest.id() + " says",
          null);
    }
  }

  /**
   * Puts what was stored last into the index. A segment for each of many small snapshots would be
   * as many files; without one, the next writer reads what lies in the volumes.
   */
  private void flush() {
    try {
      sources.values().forEach(one -> one.known().flush());
    } catch (GodwitException e) {
      context.warnings().accept("the index was not written: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    try (presence) {
      if (copied && !context.cancellation().isCancelled()) {
        flush();
        new Bundles(target.storage()).gather(context.warnings());
      }
      readers.shutdown();
      try {
        // What is being read is given back by whoever asked for it; the threads end after that.
        boolean unused = readers.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      sources.values().forEach(CarriedSource::close);
    }
  }
}
