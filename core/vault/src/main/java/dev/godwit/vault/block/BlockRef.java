package dev.godwit.vault.block;

/**
 * A block and where it lies.
 *
 * @param id that its uncompressed bytes give
 * @param volume the volume that holds it
 * @param offset of its frame from the start of the volume, in bytes
 * @param length of its frame, in bytes
 * @param rawLength of its uncompressed bytes, or {@link #UNTOLD}
 * @param rows that it holds, or {@link #UNTOLD}; 0 for a piece
 * @param kind what it holds
 * @param crc CRC-32C of its frame
 */
public record BlockRef(
    BlockId id,
    VolumeId volume,
    long offset,
    int length,
    int rawLength,
    int rows,
    BlockKind kind,
    int crc) {

  /** A number that is not told: an encrypted vault says it only inside of what is sealed. */
  public static final int UNTOLD = -1;

  /** The block at its place, with nothing told of what it holds. */
  public BlockRef untold() {
    return new BlockRef(id, volume, offset, length, UNTOLD, UNTOLD, kind, crc);
  }

  /** The block at its place, with what is known of it by whoever holds its bytes. */
  public BlockRef holding(int knownLength, int knownRows) {
    return rawLength == knownLength && rows == knownRows
        ? this
        : new BlockRef(id, volume, offset, length, knownLength, knownRows, kind, crc);
  }

  /** The same block at another place. */
  public BlockRef at(VolumeId otherVolume, long otherOffset) {
    return new BlockRef(id, otherVolume, otherOffset, length, rawLength, rows, kind, crc);
  }
}
