package dev.godwit.vault.repair;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.carry.RewrittenLists;
import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.index.KnownBlocks;
import dev.godwit.vault.mark.Marked;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.prune.Pins;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.volume.VolumeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes snapshots again, without what is lost of them. The old ones stay. Used by one thread. */
final class SnapshotMending {
  /** What is said to be left out where schema objects are lost. */
  static final String DEFINITIONS = "definitions";

  private final VaultFiles files;
  private final Storage storage;
  private final VolumeLimits limits;
  private final Salvage salvage;
  private final Pins pins;
  private final PluginContext context;
  private final Marked marked;

  /** Relies on nothing that a prune has marked by now. */
  SnapshotMending(VaultFiles files, VolumeLimits limits, Salvage salvage, PluginContext context) {
    this.files = files;
    this.storage = files.storage();
    this.limits = limits;
    this.salvage = salvage;
    this.pins = new Pins(storage);
    this.context = context;
    this.marked = Marked.read(files);
  }

  /**
   * Writes one again.
   *
   * @param run of the snapshot's domain
   * @return what it is now
   */
  Manifest mend(Finding.Mended finding, VaultRun run) {
    Manifest old = finding.manifest();
    RewrittenLists.Written written = rewrite(finding, run);
    return ManifestFile.write(
        run,
        old.with(
            missing(finding),
            totals(written.totals(), old),
            written.contents(),
            finding.definitionsLost().isEmpty() ? old.objects() : Optional.empty(),
            old.copiedFrom()),
        written.references(),
        id -> pins.handOn(old.id(), id)); // or a prune beside this might drop it
  }

  private RewrittenLists.Written rewrite(Finding.Mended finding, VaultRun run) {
    KnownBlocks known = new KnownBlocks(storage, BlockIndex.open(run, context.warnings()));
    known.heed(marked);
    try (SalvagedBlocks blocks = new SalvagedBlocks(files, run, limits, salvage, known, context);
        RewrittenLists lists =
            new RewrittenLists(
                files,
                run,
                blocks,
                finding.lost()::containsKey,
                marked::goes,
                context.cancellation())) {
      RewrittenLists.Written written = lists.write(finding.manifest());
      blocks.settle();
      return written;
    }
  }

  private static List<Manifest.LeftOut> missing(Finding.Mended finding) {
    List<Manifest.LeftOut> missing = new ArrayList<>();
    finding
        .lost()
        .forEach((name, why) -> missing.add(new Manifest.LeftOut(name.toString(), "lost: " + why)));
    finding
        .definitionsLost()
        .forEach(why -> missing.add(new Manifest.LeftOut(DEFINITIONS, "lost: " + why)));
    return missing;
  }

  private static Manifest.Totals totals(Manifest.Totals written, Manifest old) {
    return new Manifest.Totals(
        written.datasets(),
        written.rows(),
        written.bytes(),
        written.blocks(),
        old.totals().newBytes());
  }
}
