package dev.godwit.vault.block;

/**
 * A block and where it lies.
 *
 * @param id of its uncompressed bytes
 * @param volume the volume that holds it
 * @param offset of its frame from the start of the volume, in bytes
 * @param length of its frame, in bytes
 * @param rawLength of its uncompressed bytes
 * @param rows that it holds; 0 for a piece
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
    int crc) {}
