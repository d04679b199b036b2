package dev.godwit.vault.archive;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.volume.VolumeSeal;

/**
 * What frames need around them, wherever they go: those of one form may lie in one volume. Used by
 * one thread.
 */
interface FrameForms {
  /** That of a block, always the same object for the same form. */
  VolumeSeal of(BlockRef block);
}
