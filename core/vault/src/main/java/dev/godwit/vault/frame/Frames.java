package dev.godwit.vault.frame;

import dev.godwit.vault.block.BlockSeal;
import dev.godwit.vault.block.FrameSource;
import dev.godwit.vault.plane.RunKeys;
import dev.godwit.vault.plane.SealedRun;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import java.util.Optional;

/** Chooses how frames are sealed and opened. */
public final class Frames {
  private Frames() {}

  /** How a run names its blocks and seals their frames; for one thread. */
  public static BlockSeal sealing(VaultRun run) {
    return run instanceof SealedRun sealed ? new SealedBlocks(sealed) : BlockSeal.plain();
  }

  /**
   * What a vault's frames are opened with; for one thread.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code WRONG_KEY} where only a writer's key is
   *     there
   */
  public static FrameSource opening(VaultFiles files) {
    Optional<RunKeys> keys = files.reading();
    return keys.isPresent() ? new SealedFrames(files, keys.get()) : FrameSource.plain();
  }
}
