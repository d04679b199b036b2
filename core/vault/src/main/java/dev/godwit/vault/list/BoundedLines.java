package dev.godwit.vault.list;

import java.io.IOException;
import java.io.Reader;

/** Lines of text, none of which may take the memory of all others. Used by one thread. */
final class BoundedLines implements AutoCloseable {
  /** Far beyond the longest definition or schema that any store is known to have. */
  static final int MOST_CHARS = 32 << 20;

  private final Reader in;
  private final char[] buffer = new char[16 << 10];
  private int from;
  private int to;

  BoundedLines(Reader in) {
    this.in = in;
  }

  /** A line is too long. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException() {
      super("a line has more than " + MOST_CHARS + " characters");
    }
  }

  /** The next line without its end; null at the end of the text. */
  String next() throws IOException {
    StringBuilder line = null;
    while (true) {
      if (from == to) {
        from = 0;
        to = Math.max(0, in.read(buffer, 0, buffer.length));
        if (to == 0) {
          return line == null ? null : line.toString();
        }
      }
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      if (end < to && line == null) {
        String whole = new String(buffer, from, end - from);
        from = end + 1;
        return whole;
      }
      line = line == null ? new StringBuilder() : line;
      if (line.length() + end - from > MOST_CHARS) {
        throw new TooLongException();
      }
      line.append(buffer, from, end - from);
      boolean ended = end < to;
      from = ended ? end + 1 : to;
      if (ended) {
        return line.toString();
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
