package dev.godwit.mapping.document;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.JsonEscapes;
import dev.godwit.mapping.bytes.Utf8;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import java.nio.charset.StandardCharsets;

/** Writes text in quotes, escaped as PostgreSQL does it: only what JSON asks for. */
final class JsonString implements TextWriter {
  private static final byte[] CONTROL = Digits.ascii("\\u00");
  private static final byte[] SPELLED = Digits.ascii("\\\\u0000");

  private final FieldLosses losses;
  private final JsonEscapes escapes = new JsonEscapes(this::control);

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
        escapes.write(utf8, plain, to, out);
      } else {
        var ignored = losses.lost("the text is not valid UTF-8");
        byte[] mended =
            new String(utf8, plain, to - plain, StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8);
        escapes.write(mended, 0, mended.length, out);
      }
    }
    out.int1('"');
  }

  private void control(byte c, GrowingBytes out) {
    if (c == 0) {
      zero(out);
    } else {
      out.ascii(CONTROL);
      Digits.hex(new byte[] {c}, 0, 1, out);
    }
  }

  /** As {@code jsonb} has no such character, its escape is spelled out, or it is left out. */
  private void zero(GrowingBytes out) {
    if (losses.lost("the text holds a zero character") == OnLossy.TEXT) {
      out.ascii(SPELLED);
    }
  }
}
