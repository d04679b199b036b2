package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Reads the text that {@link ValueText} writes back into binary send form, for misfits and for
 * columns whose type changed. Strict: what is not in that notation is refused, not guessed.
 */
final class ValueParser {
  private ValueParser() {}

  /**
   * Writes the binary form of a text, without a length before it.
   *
   * @throws Malformed if the text is none of the type
   */
  static void write(Form form, byte[] text, ByteOut out) {
    try {
      if (form instanceof Form.Scalar scalar) {
        scalar(scalar, text, out);
      } else if (form instanceof Form.Decimal decimal) {
        decimal(decimal, string(text), out);
      } else if (form instanceof Form.Items items) {
        new ArrayParser(items, text).write(out);
      } else {
        RowParser.write((Form.Row) form, text, out);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new Malformed(
          "'" + abbreviated(text) + "' is no value of its type (" + e.getMessage() + ")");
    }
  }

  private static void scalar(Form.Scalar form, byte[] text, ByteOut out) {
    switch (form) {
      case BOOL -> out.int1(bool(string(text)));
      case INT2 -> out.int2(Short.parseShort(string(text)));
      case INT4 -> out.int4(Integer.parseInt(string(text)));
      case INT8 -> out.int8(Long.parseLong(string(text)));
      case UINT4 -> out.int4(Integer.parseUnsignedInt(string(text)));
      case UINT8 -> out.int8(Long.parseUnsignedLong(string(text)));
      case FLOAT4 -> out.int4(Float.floatToIntBits(Float.parseFloat(string(text))));
      case FLOAT8 -> out.int8(Double.doubleToLongBits(Double.parseDouble(string(text))));
      case NUMERIC_TEXT -> NumericWriter.write(string(text), out);
      case DATE -> out.int4(TimeParser.date(string(text)));
      case TIME -> out.int8(TimeParser.time(string(text)));
      case TIMESTAMP -> out.int8(TimeParser.timestamp(string(text), ""));
      case TIMESTAMPTZ -> out.int8(TimeParser.timestamp(string(text), "+00"));
      case INTERVAL -> IntervalText.parse(text, out);
      case UUID -> {
        UUID uuid = UUID.fromString(string(text));
        out.int8(uuid.getMostSignificantBits());
        out.int8(uuid.getLeastSignificantBits());
      }
      case CHAR -> out.int1(character(text));
      case TEXT, JSON -> out.raw(text, 0, text.length);
      case JSONB -> {
        out.int1(1);
        out.raw(text, 0, text.length);
      }
      case BYTEA -> hex(string(text), out);
      case CAST -> throw new Malformed("its type is not written in binary");
    }
  }

  /** The server would round to a smaller scale without a word. */
  private static void decimal(Form.Decimal form, String text, ByteOut out) {
    boolean exponent = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
    String digits = exponent ? NumericWriter.spelledOut(text) : text;
    int point = digits.indexOf('.');
    if (point >= 0 && digits.length() - point - 1 > form.scale()) {
      throw new IllegalArgumentException("more than " + form.scale() + " digits after the point");
    }
    NumericWriter.write(digits, out);
  }

  private static int bool(String text) {
    return switch (text) {
      case "t", "true" -> 1;
      case "f", "false" -> 0;
      default -> throw new IllegalArgumentException("no boolean");
    };
  }

  private static int character(byte[] text) {
    if (text.length == 4 && text[0] == '\\') {
      return Integer.parseInt(string(text).substring(1), 8);
    } else if (text.length > 1) {
      throw new IllegalArgumentException("more than one byte");
    }
    return text.length == 0 ? 0 : text[0];
  }

  private static void hex(String text, ByteOut out) {
    if (!text.startsWith("\\x")) {
      throw new IllegalArgumentException("bytes begin with \\x");
    }
    byte[] bytes = HexFormat.of().parseHex(text, 2, text.length());
    out.raw(bytes, 0, bytes.length);
  }

  private static String string(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }

  private static String abbreviated(byte[] text) {
    String all = string(text);
    return all.length() <= 60 ? all : all.substring(0, 60) + "...";
  }
}
