package dev.godwit.extractor.redis.read;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVectorHelper;

/**
 * Fills a column of bytes, value by value, straight into its buffers: five columns times millions
 * of keys are too many for what a vector checks at each value. Of the buffers only what was filled
 * is cleared.
 */
final class BytesColumn {
  private static final int FIRST_BYTES = 1 << 20;

  private final BaseVariableWidthVector vector;
  private final ArrowBuf validity;
  private final ArrowBuf offsets;
  private ArrowBuf data;
  private int rows;
  private int end;

  /**
   * A column.
   *
   * @param mostRows how many values it takes before it is cleared
   */
  BytesColumn(BaseVariableWidthVector vector, int mostRows) {
    vector.allocateNew(FIRST_BYTES, mostRows);
    vector.zeroVector();
    this.vector = vector;
    this.validity = vector.getValidityBuffer();
    this.offsets = vector.getOffsetBuffer();
    this.data = vector.getDataBuffer();
  }

  void add(byte[] bytes, int length) {
    while (data.capacity() - end < length) {
      vector.reallocDataBuffer();
      data = vector.getDataBuffer();
    }
    data.setBytes(end, bytes, 0, length);
    BitVectorHelper.setBit(validity, rows);
    end += length;
    place();
  }

  void addNull() {
    place();
  }

  private void place() {
    rows++;
    offsets.setInt((long) rows * BaseVariableWidthVector.OFFSET_WIDTH, end);
  }

  /** Tells the vector where its values end. */
  void finish() {
    vector.setLastSet(rows - 1);
  }

  void clear() {
    validity.setZero(0, (rows + Byte.SIZE - 1) / Byte.SIZE);
    vector.setLastSet(-1);
    rows = 0;
    end = 0;
  }
}
