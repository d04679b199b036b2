package dev.godwit.mapping.document;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.Utf8;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import java.nio.charset.StandardCharsets;

/** Writes text in quotes, escaped as PostgreSQL does it: only what JSON asks for. */
final class JsonString implements TextWriter {
  private static final byte[] CONTROL = Digits.ascii("\\u00");
  private static final byte[] SPELLED = Digits.ascii("\\\\u0000");

  private final FieldLosses losses;

  JsonString(FieldLosses losses) {
    this.losses = losses;
  }

  @Override
  public void write(byte[] utf8, int from, int length, GrowingBytes out) {
    int to = from + length;
    int plain = Utf8.plainJson(utf8, from, to);
    out.int1('"');
    out.raw(utf8, from, plain - from);
    if (plain < to) {
      if (Utf8.isValid(utf8, plain, to)) {
        escaped(utf8, plain, to, out);
      } else {
        var ignored = losses.lost("the text is not valid UTF-8");
        byte[] mended =
            new String(utf8, plain, to - plain, StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8);
        escaped(mended, 0, mended.length, out);
      }
    }
    out.int1('"');
  }

  private void escaped(byte[] utf8, int from, int to, GrowingBytes out) {
    for (int at = from; at < to; ) {
      int end = at;
      while (end < to && (utf8[end] < 0 || utf8[end] >= 0x20) && !isQuoted(utf8[end])) {
        end++;
      }
      out.raw(utf8, at, end - at);
      if (end < to) {
        escape(utf8, end, out);
      }
      at = end + 1;
    }
  }

  private static boolean isQuoted(byte c) {
    return c == '"' || c == '\\';
  }

  private void escape(byte[] utf8, int at, GrowingBytes out) {
    int letter =
        switch (utf8[at]) {
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
    } else if (utf8[at] == 0) {
      zero(out);
    } else {
      out.ascii(CONTROL);
      Digits.hex(utf8, at, at + 1, out);
    }
  }

  /** As {@code jsonb} has no such character, its escape is spelled out, or it is left out. */
  private void zero(GrowingBytes out) {
    if (losses.lost("the text holds a zero character") == OnLossy.TEXT) {
      out.ascii(SPELLED);
    }
  }
}
