package dev.godwit.vault.list;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import java.util.HexFormat;

/**
 * A block in a list.
 *
 * @param id 64 hexadecimal digits
 * @param volume 32 hexadecimal digits
 * @param offset of the frame in the volume, in bytes
 * @param length of the frame, in bytes
 * @param raw uncompressed bytes; absent in an encrypted vault
 * @param rows that it holds, 0 for a piece; absent in an encrypted vault
 * @param kind {@code batch} or {@code piece}
 * @param last of a piece: true where it ends its value; absent elsewhere
 * @param crc CRC-32C of the frame, 8 hexadecimal digits
 */
public record BlockLine(
    String id,
    String volume,
    long offset,
    int length,
    Integer raw,
    Integer rows,
    String kind,
    Boolean last,
    String crc) {

  /** The line of a block. */
  public static BlockLine of(BlockRef ref, boolean lastPiece) {
    return new BlockLine(
        ref.id().toString(),
        ref.volume().toString(),
        ref.offset(),
        ref.length(),
        told(ref.rawLength()),
        told(ref.rows()),
        ref.kind().word(),
        lastPiece ? Boolean.TRUE : null,
        HexFormat.of().toHexDigits(ref.crc()));
  }

  private static Integer told(int number) {
    return number == BlockRef.UNTOLD ? null : number;
  }

  private static int number(Integer told) {
    if (told != null && told < 0) {
      throw new IllegalArgumentException("no block has " + told + " bytes or rows");
    }
    return told == null ? BlockRef.UNTOLD : told;
  }

  /** Whether it is the last piece of a large value. */
  public boolean endsValue() {
    return Boolean.TRUE.equals(last);
  }

  /**
   * The block.
   *
   * @throws IllegalArgumentException if the line makes no sense
   */
  public BlockRef ref() {
    if (id == null || volume == null || kind == null || crc == null) {
      throw new IllegalArgumentException("a block is not described whole");
    }
    if (offset < 0 || length <= 0) {
      throw new IllegalArgumentException("no block lies at " + offset + '+' + length);
    }
    return new BlockRef(
        BlockId.parse(id),
        VolumeId.parse(volume),
        offset,
        length,
        number(raw),
        number(rows),
        BlockKind.of(kind),
        HexFormat.fromHexDigits(crc));
  }
}
