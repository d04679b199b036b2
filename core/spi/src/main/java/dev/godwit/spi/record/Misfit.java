package dev.godwit.spi.record;

import java.util.Arrays;

/**
 * A value that its column's Arrow type cannot hold. It is never bent to fit: the same engine puts
 * the bytes back, another engine decides by kind.
 *
 * @param row its row in the batch, from 0
 * @param column its column in the batch, from 0
 * @param kind why it does not fit
 * @param bytes the value in the engine's own notation, as its extractor documents it; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below; copying would cost per value
public record Misfit(int row, int column, Kind kind, byte[] bytes) implements RecordBatch.Placed {

  /** Why a value does not fit. The names are part of the vault's format. */
  public enum Kind {
    /** Not a number, in a column of decimals. */
    NAN,
    /** Plus infinity, in a column of decimals or of times. */
    POS_INF,
    /** Minus infinity, in a column of decimals or of times. */
    NEG_INF,
    /** Beyond what the type can hold, such as a year before Christ or of six digits. */
    OUT_OF_RANGE,
    /** MySQL's zero and partial dates. */
    ZERO_DATE,
    /** Text that is not valid in its character set. */
    BAD_TEXT,
    /** An array of other dimensions or bounds than a plain list. */
    SHAPE,
    /** A value of another type than its column's. */
    TYPE
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Misfit that
        && row == that.row
        && column == that.column
        && kind == that.kind
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return (row * 31 + column) * 31 + Arrays.hashCode(bytes);
  }
}
