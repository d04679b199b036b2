package dev.godwit.extractor.memcached.session;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a server sends: lines, and blocks of bytes between them. A line lies in {@link #bytes} from
 * {@link #start} to {@link #end} until the next call. Used by one thread.
 */
public final class Answers {
  private static final int SIZE = 256 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[SIZE];
  private int start;
  private int end;
  private int next;
  private int filled;

  Answers(InputStream in) {
    this.in = in;
  }

  /** Where a line or a block lies. */
  public byte[] bytes() {
    return buffer;
  }

  /** Where the line begins. */
  public int start() {
    return start;
  }

  /** The first byte after the line, without what ends it. */
  public int end() {
    return end;
  }

  /**
   * Goes to the next line.
   *
   * @throws EOFException where there is none
   */
  public void line() throws IOException {
    int looked = next;
    while (true) {
      for (int i = looked; i < filled; i++) {
        if (buffer[i] == '\n') {
          start = next;
          end = i > start && buffer[i - 1] == '\r' ? i - 1 : i;
          next = i + 1;
          return;
        }
      }
      looked = filled - next;
      more();
      looked += next;
    }
  }

  /** The line as text. */
  public String text() {
    return new String(buffer, start, end - start, StandardCharsets.UTF_8);
  }

  /** Whether the line begins with a word. */
  public boolean begins(String word) {
    if (end - start < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (buffer[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The number at a place of the line, up to the next blank; -1 for {@code -1}. */
  public long number(int from) {
    boolean negative = from < end && buffer[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < end && buffer[i] != ' '; i++) {
      value = value * 10 + (buffer[i] - '0');
    }
    return negative ? -value : value;
  }

  /** Whether a block of so many bytes can lie in the buffer as a whole. */
  public boolean fits(long length) {
    return length <= SIZE;
  }

  /** Takes a block that fits; where it begins. It is valid until the next call. */
  public int block(int length) throws IOException {
    while (filled - next < length) {
      more();
    }
    int from = next;
    next += length;
    return from;
  }

  /** Takes some bytes of a block; how many. */
  public int some(byte[] into, int offset, int count) throws IOException {
    if (next == filled) {
      more();
    }
    int taken = Math.min(count, filled - next);
    System.arraycopy(buffer, next, into, offset, taken);
    next += taken;
    return taken;
  }

  /** Takes the end of the line that follows a block. */
  public void endOfBlock() throws IOException {
    int at = block(2);
    if (buffer[at] != '\r' || buffer[at + 1] != '\n') {
      throw new IOException("a value did not end where its length said");
    }
  }

  private void more() throws IOException {
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, filled - next);
      filled -= next;
      next = 0;
    }
    if (filled == SIZE) {
      throw new IOException("the server sent a line that does not end");
    }
    int read = in.read(buffer, filled, SIZE - filled);
    if (read < 0) {
      throw new EOFException();
    }
    filled += read;
  }
}
