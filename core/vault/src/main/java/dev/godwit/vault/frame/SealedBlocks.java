package dev.godwit.vault.frame;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockIds;
import dev.godwit.vault.block.BlockSeal;
import dev.godwit.vault.key.DataKey;
import dev.godwit.vault.plane.SealedRun;
import java.nio.ByteBuffer;

/**
 * Blocks of an encrypted vault: named by an HMAC under a key of the writer and the source, and each
 * frame encrypted with the run's key and bound to the block's id. Ahead stands the mark of the key,
 * so that a frame can move to another volume as it is.
 */
final class SealedBlocks implements BlockSeal {
  /** Of the mark, in bytes. */
  static final int MARK = 8;

  private final BlockIds ids;
  private final DataKey key;
  private final long mark;

  SealedBlocks(SealedRun run) {
    this.ids = BlockIds.keyed(run.domain().blockIds());
    this.key = run.data();
    this.mark = run.mark();
  }

  @Override
  public BlockIds ids() {
    return ids;
  }

  @Override
  public int overhead() {
    return MARK + DataKey.OVERHEAD;
  }

  @Override
  public void seal(BlockId id, ByteBuffer frame, ByteBuffer into) {
    into.putLong(mark); // big-endian: the bytes of the hash as they are
    key.encrypt(frame, id.bytes(), into);
  }
}
