package dev.godwit.transfer.hash;

import org.apache.arrow.vector.FieldVector;

/** Which values of a column are there, for some rows at a time. */
final class Validity {
  private final FieldVector vector;
  private byte[] bits = new byte[64];
  private int first; // the bit of the first row

  Validity(FieldVector vector) {
    this.vector = vector;
  }

  void take(int from, int count) {
    first = from % Byte.SIZE;
    int length = (first + count + Byte.SIZE - 1) / Byte.SIZE;
    if (bits.length < length) {
      bits = new byte[length];
    }
    vector.getValidityBuffer().getBytes(from / Byte.SIZE, bits, 0, length);
  }

  /** Whether a row has a value; counted from the first row that was taken up. */
  boolean has(int row) {
    int bit = first + row;
    return (bits[bit >> 3] >> (bit & 7) & 1) != 0;
  }
}
