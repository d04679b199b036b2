package dev.godwit.vault.block;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.apache.arrow.memory.ArrowBuf;

/** Which rows of a column hold a value: words of 64 bits, the first row the least significant. */
final class Validity {
  private final long[] words;
  private final int rows;
  private final int nulls;

  private Validity(long[] words, int rows, int nulls) {
    this.words = words;
    this.rows = rows;
    this.nulls = nulls;
  }

  /** Every row holds a value. */
  static Validity all(int rows) {
    return new Validity(null, rows, 0);
  }

  /**
   * Reads a validity buffer. Bits beyond the last row, which may hold anything, are dropped.
   *
   * @param around that of the struct around the column: a row without the struct has no value
   *     either
   */
  static Validity read(ArrowBuf bits, int rows, Validity around) {
    int count = words(rows);
    long[] words = null;
    int held = 0;
    for (int i = 0; i < count; i++) {
      long word = wordOf(bits, i) & around.word(i);
      held += Long.bitCount(word);
      if (words == null && word != full(i, rows)) {
        words = new long[count];
        Arrays.fill(words, 0, i, -1L);
      }
      if (words != null) {
        words[i] = word;
      }
    }
    return new Validity(words, rows, rows - held);
  }

  int rows() {
    return rows;
  }

  /** How many rows hold none. */
  int nulls() {
    return nulls;
  }

  boolean holds(int row) {
    return words == null || ((words[row >>> 6] >>> row) & 1) != 0;
  }

  /** The bits of 64 rows; nought beyond the last row. */
  long word(int word) {
    return words == null ? full(word, rows) : words[word];
  }

  /** Calls for each row that holds no value. */
  void eachNull(IntConsumer action) {
    for (int i = 0; words != null && i < words.length; i++) {
      for (long left = ~words[i] & full(i, rows); left != 0; left &= left - 1) {
        action.accept((i << 6) + Long.numberOfTrailingZeros(left));
      }
    }
  }

  static int words(int rows) {
    return (rows + 63) >>> 6;
  }

  private static long full(int word, int rows) {
    int left = rows - (word << 6);
    return left >= 64 ? -1L : (1L << left) - 1;
  }

  /** A word of a bit buffer; what lies beyond the buffer's end reads as nought. */
  static long wordOf(ArrowBuf bits, int word) {
    long at = (long) word << 3;
    if (at + 8 <= bits.capacity()) {
      return bits.getLong(at);
    }
    long value = 0;
    for (long i = bits.capacity() - 1; i >= at; i--) {
      value = (value << 8) | (bits.getByte(i) & 0xFF);
    }
    return value;
  }
}
