package dev.godwit.mapping.document;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.Utf8;
import dev.godwit.mapping.document.DocumentShape.ShapeType;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import java.nio.charset.StandardCharsets;

/** The columns for values of each type. */
final class Cells {
  private static final byte[] SPELLED = Digits.ascii("\\u0000");

  private Cells() {}

  /** A column of values of one type. */
  static RowColumn of(ShapeType type, FieldLosses losses) {
    return switch (type) {
      case STRING -> new VariableColumn((of, i, out) -> text(of, i, losses, out));
      case BINARY -> new VariableColumn(Cells::binary);
      case OBJECT_ID -> new VariableColumn(Cells::objectId);
      case DECIMAL -> new DecimalColumn();
      default -> new FixedColumn(type);
    };
  }

  /** A column of ids of any type. */
  static RowColumn ids() {
    IdText text = new IdText();
    return new VariableColumn(
        (of, i, out) -> {
          text.write(of, i, out);
          return true;
        });
  }

  private static boolean text(Elements of, int i, FieldLosses losses, GrowingBytes out) {
    if (of.type(i) != BsonType.STRING) {
      return false;
    }
    int from = of.value(i) + 4;
    int to = of.end(i) - 1;
    if (Utf8.isPlain(of.bytes(), from, to)) {
      out.raw(of.bytes(), from, to - from);
    } else {
      mended(of.bytes(), from, to, losses, out);
    }
    return true;
  }

  private static void mended(byte[] bytes, int from, int to, FieldLosses losses, GrowingBytes out) {
    byte[] utf8 = bytes;
    int at = from;
    int end = to;
    if (!Utf8.isValid(bytes, from, to)) {
      var ignored = losses.lost("the text is not valid UTF-8");
      utf8 =
          new String(bytes, from, to - from, StandardCharsets.UTF_8)
              .getBytes(StandardCharsets.UTF_8);
      at = 0;
      end = utf8.length;
    }
    OnLossy zeros = null;
    for (; at < end; at++) {
      if (utf8[at] != 0) {
        out.int1(utf8[at]);
        continue;
      }
      zeros = zeros == null ? losses.lost("the text holds a zero character") : zeros;
      if (zeros == OnLossy.TEXT) {
        out.ascii(SPELLED);
      }
    }
  }

  private static boolean binary(Elements of, int i, GrowingBytes out) {
    if (ShapeTypes.of(of, i) != ShapeType.BINARY) {
      return false;
    }
    int from = of.value(i) + 5;
    out.raw(of.bytes(), from, of.end(i) - from);
    return true;
  }

  private static boolean objectId(Elements of, int i, GrowingBytes out) {
    if (of.type(i) != BsonType.OBJECT_ID) {
      return false;
    }
    Digits.hex(of.bytes(), of.value(i), of.value(i) + 12, out);
    return true;
  }
}
