package dev.godwit.spi.record;

import java.util.Arrays;

/**
 * Stands in a batch for a large value that travelled ahead of it.
 *
 * @param row its row in the batch, from 0
 * @param column its column in the batch, from 0
 * @param length of the value, in bytes
 * @param sha256 of the value's bytes, 32 bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record LargeReference(int row, int column, long length, byte[] sha256)
    implements RecordBatch.Placed {

  @Override
  public boolean equals(Object other) {
    return other instanceof LargeReference that
        && row == that.row
        && column == that.column
        && length == that.length
        && Arrays.equals(sha256, that.sha256);
  }

  @Override
  public int hashCode() {
    return (row * 31 + column) * 31 + Arrays.hashCode(sha256);
  }
}
