package dev.godwit.transfer.hash;

/**
 * Encodes a column's values for some rows at a time. A loop over one column is one that the
 * compiler can see through, and looks into the column's buffers once; row after row, each value is
 * another choice and another check of bounds.
 */
interface Column {
  /**
   * Takes up rows, and says what their values take at most, in bytes.
   *
   * @param from the first of the rows in the batch
   * @param most of each row, to which is added what its value takes beyond what is returned
   * @return what each value takes, however long it is
   */
  int measure(int from, int count, int[] most);

  /**
   * Appends the values of the first rows that were taken up, each where its row has come to, and
   * moves that on.
   *
   * @param count at most as many as were taken up
   */
  void encode(int count, RowBytes out, int[] at);
}
