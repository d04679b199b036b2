package dev.godwit.extractor.postgresql.copy;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;

/**
 * Writes the values of one Arrow column in the binary send form of one type, reading by address:
 * this is the inner path of a restore. Bound to a vector before it is used.
 */
abstract class ColumnEncoder {
  private long validity;
  private boolean dense;

  /** Turns to the values of a vector. */
  void bind(FieldVector vector) {
    ArrowBuf bits = vector.getValidityBuffer();
    dense = vector.getNullCount() == 0;
    validity = bits.memoryAddress();
  }

  final boolean isNull(int row) {
    return !dense && ((MemoryUtil.getByte(validity + (row >> 3)) >> (row & 7)) & 1) == 0;
  }

  /** Writes the length and the bytes of a value that is not null. */
  abstract void value(int row, ByteOut out);

  /** Writes a value, or -1 for a null. */
  final void field(int row, ByteOut out) {
    if (isNull(row)) {
      out.int4(-1);
    } else {
      value(row, out);
    }
  }
}
