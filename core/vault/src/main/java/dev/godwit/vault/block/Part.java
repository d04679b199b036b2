package dev.godwit.vault.block;

import org.apache.arrow.memory.ArrowBuf;

/**
 * One buffer of a record batch in its normal form: what lies under nulls is nought, offsets begin
 * at nought. Every byte of its length is written.
 */
sealed interface Part {
  /** Its length in bytes, without padding. */
  long length();

  /** Writes it. */
  void write(ArrowBuf out, long at);

  /** A buffer of no bytes, such as the validity of a column without nulls. */
  record Empty() implements Part {
    @Override
    public long length() {
      return 0;
    }

    @Override
    public void write(ArrowBuf out, long at) {}
  }

  /** The validity of a column with nulls. */
  record Held(Validity valid) implements Part {
    @Override
    public long length() {
      return bitBytes(valid.rows());
    }

    @Override
    public void write(ArrowBuf out, long at) {
      for (int i = 0; i < Validity.words(valid.rows()); i++) {
        putBits(out, at, valid.word(i), i, valid.rows());
      }
    }
  }

  /** Booleans. */
  record Flags(ArrowBuf data, Validity valid) implements Part {
    @Override
    public long length() {
      return bitBytes(valid.rows());
    }

    @Override
    public void write(ArrowBuf out, long at) {
      for (int i = 0; i < Validity.words(valid.rows()); i++) {
        putBits(out, at, Validity.wordOf(data, i) & valid.word(i), i, valid.rows());
      }
    }
  }

  /** Values of one width each. */
  record Fixed(ArrowBuf data, int width, Validity valid) implements Part {
    @Override
    public long length() {
      return (long) valid.rows() * width;
    }

    @Override
    public void write(ArrowBuf out, long at) {
      long there = Math.min(length(), data.capacity());
      out.setBytes(at, data, 0, there);
      out.setZero(at + there, length() - there);
      valid.eachNull(row -> out.setZero(at + (long) row * width, width));
    }
  }

  /** Where the values of each row begin and end: rows + 1 numbers of 4 bytes, from nought. */
  record Offsets(ArrowBuf offsets, Ranges ranges) implements Part {
    @Override
    public long length() {
      return 4L * (ranges.rows() + 1);
    }

    @Override
    public void write(ArrowBuf out, long at) {
      if (ranges.dense() && ranges.first() == 0 && ranges.rows() > 0) {
        out.setBytes(at, offsets, 0, length());
        return;
      }
      int reached = 0;
      out.setInt(at, 0);
      for (int row = 0; row < ranges.rows(); row++) {
        reached += ranges.length(row);
        out.setInt(at + 4L * (row + 1), reached);
      }
    }
  }

  /** The bytes of texts and binaries, one after the other. */
  record Bytes(ArrowBuf data, Ranges ranges) implements Part {
    @Override
    public long length() {
      return ranges.total();
    }

    @Override
    public void write(ArrowBuf out, long at) {
      if (ranges.dense()) {
        out.setBytes(at, data, ranges.first(), ranges.total());
        return;
      }
      long reached = at;
      for (int row = 0; row < ranges.rows(); row++) {
        int length = ranges.length(row);
        if (length > 0) {
          out.setBytes(reached, data, ranges.from(row), length);
          reached += length;
        }
      }
    }
  }

  private static long bitBytes(int rows) {
    return (rows + 7L) >>> 3;
  }

  private static void putBits(ArrowBuf out, long at, long word, int index, int rows) {
    long from = (long) index << 3;
    long bytes = bitBytes(rows);
    if (from + 8 <= bytes) {
      out.setLong(at + from, word);
      return;
    }
    for (long b = from; b < bytes; b++) {
      out.setByte(at + b, (byte) (word >>> ((b - from) << 3)));
    }
  }
}
