package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import java.nio.ByteBuffer;

/** A row of a volume's block table: an id, an offset, and more. Numbers are little-endian. */
interface VolumeRow {
  /** Where the offset stands in every row. */
  int OFFSET_AT = BlockId.BYTES;

  /** How long a row is. */
  int bytes();

  /**
   * The block of the row that begins at the buffer's position.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  BlockRef read(ByteBuffer row, VolumeId volume);
}
