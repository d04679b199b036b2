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
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.Presence;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final String sourceId;
  private final VaultRun target;
  private final PluginContext context;
  private final Presence presence;
  private final KnownBlocks known;
  private final CarriedFrames frames;
  private long told;

  /**
   * Takes a lock in the target and makes its index ready.
   *
   * @param sourceId id of the vault that snapshots are read from
   * @param route how its frames become those of the target
   * @param progress told the uncompressed bytes of blocks as they are moved or found
   */
  public SnapshotCarrier(
      VaultFiles source,
      String sourceId,
      VaultFiles target,
      VolumeLimits limits,
      FrameRoute route,
      PluginContext context,
      Consumer<Long> progress) {
    this.source = source;
    this.sourceId = sourceId;
    this.target = target.begin("copy from the vault " + sourceId);
    this.context = context;
    this.presence = new Presence(target, "copy from the vault " + sourceId, context.warnings());
    try {
      new Leftovers(target.storage(), context.warnings()).clear();
      BlockIndex index = BlockIndex.open(this.target, context.warnings());
      new UncoveredVolumes(this.target, index, context.cancellation(), context.warnings()).cover();
      index.merge();
      this.known = new KnownBlocks(target.storage(), index);
      known.heed(presence.marked());
      this.frames = new CarriedFrames(source, route, this.target, limits, known, context, progress);
    } catch (RuntimeException e) {
      presence.close();
      throw e;
    }
  }

  /**
   * Copies a snapshot. It keeps all that its manifest says but the places of its blocks, what the
   * vault grew by, and where it was copied from.
   *
   * @return its manifest in the target
   * @throws GodwitException {@code DAMAGED} where the source is damaged; nothing of the snapshot is
   *     in the target then but blocks, which another one may use
   */
  public Manifest copy(Manifest manifest) {
    for (int round = 1; ; round++) {
      RewrittenLists.Written written = write(manifest);
      Optional<String> objects =
          RewrittenLists.objects(source, target, manifest, presence::goes, context.cancellation());
      boolean slept = renewIfLost();
      Set<VolumeId> vanished = frames.settle();
      if (vanished.isEmpty() && !slept) {
        context.cancellation().check();
        return requireStillThere(seal(manifest, written, objects));
      }
      if (round == MOST_ROUNDS) {
        throw vanished("what a copy relies on");
      }
      context
          .warnings()
          .accept(
              slept
                  ? "this copy's lock expired while it was at work, as when a machine sleeps; it"
                      + " begins again"
                  : Layout.volume(vanished.iterator().next())
                      + " vanished during the copy; its blocks are copied again");
    }
  }

  private boolean renewIfLost() {
    boolean lost = presence.renewIfLost();
    if (lost) {
      known.heedAll(presence.marked());
    }
    return lost;
  }

  /** Whoever took this run for dead since the last look may have removed what it relies on. */
  private Manifest requireStillThere(Manifest sealed) {
    if (!renewIfLost()) {
      return sealed;
    }
    try {
      target.storage().delete(ManifestFile.path(sealed));
    } catch (IOException e) {
      throw StorageFailure.writing(target.storage(), ManifestFile.path(sealed), e);
    }
    throw vanished("the lock");
  }

  private GodwitException vanished(String what) {
    return new GodwitException(
        ExitCode.FAILED,
        what + " in " + target.storage().display() + " vanished during the copy",
        "find out what deletes files there, and run the copy again");
  }

  private RewrittenLists.Written write(Manifest manifest) {
    try (RewrittenLists lists =
        new RewrittenLists(
            source, target, frames, name -> false, presence::goes, context.cancellation())) {
      RewrittenLists.Written written = lists.write(manifest);
      requireWhole(manifest, written.totals());
      return written;
    }
  }

  private Manifest seal(
      Manifest manifest, RewrittenLists.Written written, Optional<String> objects) {
    Manifest.Totals totals = written.totals();
    long grown = frames.newBytes() - told;
    told = frames.newBytes();
    return ManifestFile.write(
        target,
        manifest.with(
            List.of(),
            new Manifest.Totals(
                totals.datasets(), totals.rows(), totals.bytes(), totals.blocks(), grown),
            written.contents(),
            objects,
            Optional.of(manifest.firstMade(sourceId))),
        Optional.empty());
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

  @Override
  public void close() {
    try (presence) {
      frames.close();
    }
  }
}
