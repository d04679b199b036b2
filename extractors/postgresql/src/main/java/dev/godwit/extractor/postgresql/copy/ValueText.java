package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Writes a value of binary send form as the text that its type's input function reads back into the
 * same value: for misfits, and for copies in text. Floats are written so that they read back to the
 * same bits; only the payload of a NaN is lost, for which the server's text has no form.
 */
final class ValueText {
  private static final String ARRAY_SPECIAL = "\"\\{},";
  private static final String ROW_SPECIAL = "\"\\(),";

  private ValueText() {}

  /** Writes the value between position and limit. */
  static void write(Form form, ByteBuffer value, ByteOut out) {
    if (form instanceof Form.Scalar scalar) {
      scalar(scalar, value, out);
    } else if (form instanceof Form.Decimal) {
      numeric(value, out);
    } else if (form instanceof Form.Items items) {
      array(items, value, out);
    } else {
      row((Form.Row) form, value, out);
    }
  }

  private static void scalar(Form.Scalar form, ByteBuffer value, ByteOut out) {
    switch (form) {
      case BOOL -> out.text(value.get() == 0 ? "f" : "t");
      case INT2 -> out.text(Short.toString(value.getShort()));
      case INT4 -> out.text(Integer.toString(value.getInt()));
      case INT8 -> out.text(Long.toString(value.getLong()));
      case UINT4 -> out.text(Integer.toUnsignedString(value.getInt()));
      case UINT8 -> out.text(Long.toUnsignedString(value.getLong()));
      case FLOAT4 -> out.text(FloatText.of(value.getFloat()));
      case FLOAT8 -> out.text(FloatText.of(value.getDouble()));
      case NUMERIC_TEXT -> numeric(value, out);
      case DATE -> TimeText.date(value.getInt(), out);
      case TIME -> TimeText.time(value.getLong(), out);
      case TIMESTAMP -> TimeText.timestamp(value.getLong(), "", out);
      case TIMESTAMPTZ -> TimeText.timestamp(value.getLong(), "+00", out);
      case INTERVAL -> IntervalText.write(value.getLong(), value.getInt(), value.getInt(), out);
      case UUID -> out.text(new UUID(value.getLong(), value.getLong()).toString());
      case CHAR -> character(value.get() & 0xff, out);
      case TEXT, JSON, CAST -> out.raw(value);
      case JSONB -> {
        value.get();
        out.raw(value);
      }
      case BYTEA -> hex(value, out);
    }
  }

  /** As charout does it: the zero byte is empty, a byte beyond ASCII is an escape. */
  private static void character(int value, ByteOut out) {
    if (value >= 0x80) {
      out.text("\\" + Integer.toOctalString(value));
    } else if (value != 0) {
      out.int1(value);
    }
  }

  private static void numeric(ByteBuffer value, ByteOut out) {
    Numeric numeric = new Numeric();
    numeric.read(value);
    if (numeric.special() != null) {
      out.text(
          switch (numeric.special()) {
            case NAN -> "NaN";
            case POS_INF -> "Infinity";
            default -> "-Infinity";
          });
      return;
    }
    byte[] text = new byte[numeric.textLength()];
    out.raw(text, 0, numeric.text(text));
  }

  private static void hex(ByteBuffer value, ByteOut out) {
    out.text("\\x");
    out.room(Math.multiplyExact(value.remaining(), 2));
    HexFormat hex = HexFormat.of();
    while (value.hasRemaining()) {
      byte b = value.get();
      out.int1(hex.toHighHexDigit(b));
      out.int1(hex.toLowHexDigit(b));
    }
  }

  private static void array(Form.Items form, ByteBuffer value, ByteOut out) {
    int[] sizes = ArrayHeader.read(value, form.elementOid(), out);
    if (sizes.length == 0) {
      out.text("{}");
    } else {
      dimension(form, sizes, 0, value, out);
    }
  }

  private static void dimension(
      Form.Items form, int[] sizes, int depth, ByteBuffer value, ByteOut out) {
    out.int1('{');
    for (int i = 0; i < sizes[depth]; i++) {
      if (i > 0) {
        out.int1(',');
      }
      if (depth < sizes.length - 1) {
        dimension(form, sizes, depth + 1, value, out);
      } else {
        element(form.element(), part(value), out);
      }
    }
    out.int1('}');
  }

  /** Writes an element of an array; null stands for a null. */
  static void element(Form form, ByteBuffer value, ByteOut out) {
    if (value == null) {
      out.text("NULL");
      return;
    }
    ByteOut text = new ByteOut(64);
    write(form, value, text);
    if (needsQuotes(text, ARRAY_SPECIAL) || isNull(text)) {
      quote(text, '\\', out);
    } else {
      out.raw(text.bytes(), 0, text.length());
    }
  }

  private static void row(Form.Row form, ByteBuffer value, ByteOut out) {
    if (value.getInt() != form.parts().size()) {
      throw new Malformed("a composite has other fields than the catalogue says");
    }
    out.int1('(');
    for (int i = 0; i < form.parts().size(); i++) {
      if (i > 0) {
        out.int1(',');
      }
      value.getInt();
      field(form.parts().get(i).form(), part(value), out);
    }
    out.int1(')');
  }

  /** Writes a field of a composite; a null is nothing at all. */
  static void field(Form form, ByteBuffer value, ByteOut out) {
    if (value == null) {
      return;
    }
    ByteOut text = new ByteOut(64);
    write(form, value, text);
    if (needsQuotes(text, ROW_SPECIAL)) {
      quote(text, 0, out);
    } else {
      out.raw(text.bytes(), 0, text.length());
    }
  }

  /** The next value with its length before it, as a slice; null for a null. */
  private static ByteBuffer part(ByteBuffer value) {
    int length = value.getInt();
    if (length == -1) {
      return null;
    }
    ByteBuffer part = value.slice(value.position(), length);
    value.position(value.position() + length);
    return part;
  }

  private static boolean isNull(ByteOut text) {
    return text.length() == 4
        && (text.bytes()[0] | 0x20) == 'n'
        && (text.bytes()[1] | 0x20) == 'u'
        && (text.bytes()[2] | 0x20) == 'l'
        && (text.bytes()[3] | 0x20) == 'l';
  }

  private static boolean needsQuotes(ByteOut text, String special) {
    for (int i = 0; i < text.length(); i++) {
      int c = text.bytes()[i];
      if (c == ' ' || (c >= '\t' && c <= '\r') || (c > 0 && special.indexOf(c) >= 0)) {
        return true;
      }
    }
    return text.length() == 0;
  }

  /** In quotes; before a quote or a backslash stands the escape, or, for 0, the same once more. */
  private static void quote(ByteOut text, int escape, ByteOut out) {
    out.int1('"');
    for (int i = 0; i < text.length(); i++) {
      byte c = text.bytes()[i];
      if (c == '"' || c == '\\') {
        out.int1(escape == 0 ? c : escape);
      }
      out.int1(c);
    }
    out.int1('"');
  }
}
