package dev.godwit.extractor.postgresql.copy;

import java.nio.ByteBuffer;

/** The head of an array's binary form: dimensions, flag, element type, sizes and lower bounds. */
final class ArrayHeader {
  private static final int MOST_DIMENSIONS = 6;

  private ArrayHeader() {}

  /**
   * Reads a head and writes the bounds, such as {@code [0:1][2:5]=}, where they do not all begin at
   * 1.
   *
   * @return the size of each dimension; none for an empty array
   */
  static int[] read(ByteBuffer value, int elementOid, ByteOut bounds) {
    int dimensions = value.getInt();
    value.getInt();
    int oid = value.getInt();
    if (dimensions < 0 || dimensions > MOST_DIMENSIONS || oid != elementOid) {
      throw new Malformed("an array has other elements than the catalogue says");
    }
    int[] sizes = new int[dimensions];
    StringBuilder written = new StringBuilder();
    boolean plain = true;
    for (int i = 0; i < dimensions; i++) {
      sizes[i] = value.getInt();
      int lower = value.getInt();
      plain &= lower == 1;
      written.append('[').append(lower).append(':').append(lower + sizes[i] - 1).append(']');
    }
    if (!plain) {
      bounds.text(written.append('=').toString());
    }
    return sizes;
  }
}
