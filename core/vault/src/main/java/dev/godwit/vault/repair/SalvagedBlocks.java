package dev.godwit.vault.repair;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.Frame;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.carry.BlockMover;
import dev.godwit.vault.carry.CarriedNames;
import dev.godwit.vault.carry.FrameRoute;
import dev.godwit.vault.carry.StoredFrames;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.index.KnownBlocks;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeLimits;
import dev.godwit.vault.volume.VolumePipeline;
import java.util.Optional;
import java.util.Set;

/** Takes whole blocks out of bent volumes into new ones. Used by one thread. */
final class SalvagedBlocks implements BlockMover, AutoCloseable {
  private final VaultRun run;
  private final Storage storage;
  private final VolumeLimits limits;
  private final Salvage salvage;
  private final KnownBlocks known;
  private final PluginContext context;
  private final StoredFrames frames;
  private final FrameRoute route;
  private VolumePipeline volumes;

  /**
   * Into volumes of a run, which must be of the blocks' domain.
   *
   * @param files of the same vault, opened to read
   */
  SalvagedBlocks(
      VaultFiles files,
      VaultRun run,
      VolumeLimits limits,
      Salvage salvage,
      KnownBlocks known,
      PluginContext context) {
    this.run = run;
    this.storage = files.storage();
    this.limits = limits;
    this.salvage = salvage;
    this.known = known;
    this.context = context;
    this.frames = new StoredFrames(files, context.allocator());
    this.route = FrameRoute.between(files, run, new CarriedNames(), context.allocator());
    this.volumes = begin();
  }

  private VolumePipeline begin() {
    return new VolumePipeline(run, limits, context.cancellation(), known::sealed);
  }

  @Override
  public Moving move(BlockRef block) {
    Salvage.Fate fate = salvage.of(block);
    if (fate instanceof Salvage.Fate.Stays stays) {
      return Moving.at(stays.place());
    } else if (fate instanceof Salvage.Fate.Gone gone) {
      throw new GodwitException(ExitCode.DAMAGED, gone.why() + ", and was whole a moment ago");
    }
    BlockRef place = moved(block);
    salvage.moved(block, place);
    return Moving.at(place);
  }

  private BlockRef moved(BlockRef block) {
    Frame frame = route.carry(block, frames.read(block));
    if (!frame.id().equals(block.id())) {
      frame.close();
      throw StorageFailure.damaged(
          storage, Layout.volume(block.volume()), "holds another block than its lists say", null);
    }
    BlockRef place = volumes.append(frame);
    known.stored(place);
    return place;
  }

  /** Waits until every volume lies in the vault and in the index. */
  void settle() {
    volumes.finish();
    known.flush();
    Set<VolumeId> vanished = known.vanished();
    Optional<VolumeId> first = vanished.stream().findFirst();
    if (first.isPresent()) {
      throw new GodwitException(
          ExitCode.FAILED,
          Layout.volume(first.get()) + " in " + storage.display() + " vanished during the repair",
          "find out what deletes files there, and run the repair again");
    }
    volumes = begin();
  }

  @Override
  public void close() {
    volumes.close();
    route.close();
  }
}
