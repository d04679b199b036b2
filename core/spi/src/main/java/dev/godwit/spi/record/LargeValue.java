package dev.godwit.spi.record;

import java.io.InputStream;

/**
 * A value too large to stay in its row, met as a stream. The batch that follows refers to it by
 * length and hash.
 *
 * @param bytes the value as its column would hold it: the bytes of a binary, the UTF-8 of a text;
 *     read once, and only until the reader is asked for the next item
 */
public record LargeValue(InputStream bytes) implements RecordItem {
  /** A value of more bytes than this leaves its row: 8 MiB. */
  public static final int THRESHOLD = 8 << 20;

  /**
   * The texts and bytes of a row may have so many bytes together, in the order of its columns: each
   * that would be more leaves the row as well. 16 MiB.
   */
  public static final int MOST_IN_ROW = 16 << 20;

  /** Values of no more bytes always stay, and do not count in their row: 4 KiB. */
  public static final int SMALL = 4 << 10;

  /** Large values travel and are kept in pieces of at most this many bytes: 8 MiB. */
  public static final int PIECE = 8 << 20;

  /**
   * What a value of so many bytes counts in its row: nothing where it always stays, or always
   * leaves.
   */
  public static long counted(long length) {
    return length > SMALL && length <= THRESHOLD ? length : 0;
  }
}
