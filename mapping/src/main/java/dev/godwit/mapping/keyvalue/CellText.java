package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.GrowingBytes;

/** Writes the value of a row, which is not null, as text. */
@FunctionalInterface
interface CellText {
  /** Writes it at the end. */
  void write(int row, GrowingBytes out);
}
