package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.GrowingBytes;

/** Writes the values of one column; bound to its vector, chosen once for a batch's columns. */
@FunctionalInterface
interface ElementWriter {
  /**
   * Writes the element of a row.
   *
   * @param name with the zero after it
   */
  void write(int row, byte[] name, GrowingBytes out);
}
