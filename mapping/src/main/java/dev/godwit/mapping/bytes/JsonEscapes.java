package dev.godwit.mapping.bytes;

/** Escapes text within a JSON string: only what JSON asks for. */
public final class JsonEscapes {
  private final Control control;

  /** Escapes that write a control character without a letter of its own in the caller's way. */
  public JsonEscapes(Control control) {
    this.control = control;
  }

  /** Writes a control character that has no letter, such as {@code \\u0001}. */
  @FunctionalInterface
  public interface Control {
    /** Writes one below U+0020. */
    void write(byte c, GrowingBytes out);
  }

  /** Writes UTF-8, without quotes around it. */
  public void write(byte[] utf8, int from, int to, GrowingBytes out) {
    for (int at = from; at < to; ) {
      int end = at;
      while (end < to && (utf8[end] < 0 || utf8[end] >= 0x20) && !isQuoted(utf8[end])) {
        end++;
      }
      out.raw(utf8, at, end - at);
      if (end < to) {
        escape(utf8[end], out);
      }
      at = end + 1;
    }
  }

  private static boolean isQuoted(byte c) {
    return c == '"' || c == '\\';
  }

  private void escape(byte c, GrowingBytes out) {
    int letter =
        switch (c) {
          case '"' -> '"';
          case '\\' -> '\\';
          case '\b' -> 'b';
          case '\f' -> 'f';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          default -> 0;
        };
    if (letter != 0) {
      out.int1('\\');
      out.int1(letter);
    } else {
      control.write(c, out);
    }
  }
}
