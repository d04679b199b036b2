package dev.godwit.mapping.document;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes documents as JSON, in just the text that PostgreSQL prints of the {@code jsonb} that it
 * reads from it: members ordered by the length of their names and then by their bytes, numbers in
 * plain digits, one space after each comma and colon. So two texts are equal where the values are.
 *
 * <p>What JSON has, is written as JSON: numbers of all four types are numbers. A double always has
 * a point. All else is canonical Extended JSON 2.0, with its members in that order too: dates,
 * binaries, object ids, and the numbers that a {@code numeric} is not, such as a zero below zero.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-json.html">JSON Types</a>
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md">Extended
 *     JSON</a>
 */
final class JsonbText {
  private static final int FEW = 24;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final FieldLosses losses;
  private final List<Level> levels = new ArrayList<>();

  JsonbText(FieldLosses losses) {
    this.losses = losses;
  }

  /** What is needed of one document while those in it are written. */
  private static final class Level {
    private final Elements elements = new Elements();
    private int[] order = new int[16];
  }

  /** Which elements of a document are written. */
  @FunctionalInterface
  interface Wanted {
    boolean is(int element);
  }

  /** Writes those elements of a document that are wanted. */
  void document(Elements elements, Wanted wanted, GrowingBytes out) {
    Level level = level(0);
    members(elements, wanted, level, 0, out);
  }

  /** Writes the value of an element. */
  void value(Elements of, int i, GrowingBytes out) {
    value(of.bytes(), of, of.type(i), of.value(i), of.end(i), 0, out);
  }

  private Level level(int depth) {
    while (levels.size() <= depth) {
      levels.add(new Level());
    }
    return levels.get(depth);
  }

  private void members(Elements elements, Wanted wanted, Level level, int depth, GrowingBytes out) {
    int count = order(elements, wanted, level);
    out.int1('{');
    boolean first = true;
    for (int n = 0; n < count; n++) {
      int i = level.order[n];
      if (n + 1 < count && elements.compareNames(i, level.order[n + 1]) == 0) {
        lost("the name " + elements.nameText(i) + " comes twice in an object, and the last holds");
        continue;
      }
      separate(first, out);
      first = false;
      text(elements.bytes(), elements.name(i), elements.nameLength(i), out);
      ascii(": ", out);
      value(
          elements.bytes(),
          elements,
          elements.type(i),
          elements.value(i),
          elements.end(i),
          depth,
          out);
    }
    out.int1('}');
  }

  /** Places of the wanted members, in order; of one name in the order of the document. */
  private static int order(Elements elements, Wanted wanted, Level level) {
    int count = 0;
    if (level.order.length < elements.count()) {
      level.order = new int[elements.count() * 2];
    }
    int[] order = level.order;
    for (int i = 0; i < elements.count(); i++) {
      if (wanted.is(i)) {
        order[count++] = i;
      }
    }
    if (count > FEW) {
      Integer[] sorted = Arrays.stream(order, 0, count).boxed().toArray(Integer[]::new);
      Arrays.sort(sorted, elements::compareNames); // keeps the order of equal ones
      for (int n = 0; n < count; n++) {
        order[n] = sorted[n];
      }
      return count;
    }
    for (int n = 1; n < count; n++) {
      int moved = order[n];
      int to = n;
      while (to > 0 && elements.compareNames(order[to - 1], moved) > 0) {
        order[to] = order[to - 1];
        to--;
      }
      order[to] = moved;
    }
    return count;
  }

  private static void separate(boolean first, GrowingBytes out) {
    if (!first) {
      out.int1(',');
      out.int1(' ');
    }
  }

  private void value(
      byte[] bytes, Elements reading, int type, int from, int end, int depth, GrowingBytes out) {
    switch (type) {
      case BsonType.DOUBLE -> floating(Double.longBitsToDouble(reading.int64(from)), out);
      case BsonType.STRING -> text(bytes, from + 4, end - from - 5, out);
      case BsonType.DOCUMENT -> {
        Level level = level(depth + 1);
        var ignored = level.elements.read(bytes, from, end);
        members(level.elements, i -> true, level, depth + 1, out);
      }
      case BsonType.ARRAY -> array(bytes, from, end, depth + 1, out);
      case BsonType.BINARY -> binary(bytes, from, end, out);
      case BsonType.UNDEFINED -> ascii("{\"$undefined\": true}", out);
      case BsonType.OBJECT_ID -> objectId(bytes, from, out);
      case BsonType.BOOLEAN -> ascii(bytes[from] != 0 ? "true" : "false", out);
      case BsonType.DATE ->
          ascii("{\"$date\": {\"$numberLong\": \"" + reading.int64(from) + "\"}}", out);
      case BsonType.NULL -> ascii("null", out);
      case BsonType.REGEX -> regex(bytes, from, end, out);
      case BsonType.DB_POINTER -> {
        ascii("{\"$dbPointer\": {\"$id\": ", out);
        objectId(bytes, end - 12, out);
        ascii(", \"$ref\": ", out);
        text(bytes, from + 4, end - from - 12 - 5, out);
        ascii("}}", out);
      }
      case BsonType.CODE -> quoted("{\"$code\": ", bytes, from + 4, end - from - 5, out);
      case BsonType.SYMBOL -> quoted("{\"$symbol\": ", bytes, from + 4, end - from - 5, out);
      case BsonType.CODE_WITH_SCOPE -> {
        int code = reading.int32(from + 4);
        ascii("{\"$code\": ", out);
        text(bytes, from + 8, code - 1, out);
        ascii(", \"$scope\": ", out);
        value(bytes, reading, BsonType.DOCUMENT, from + 8 + code, end, depth, out);
        out.int1('}');
      }
      case BsonType.INT32 -> ascii(Integer.toString(reading.int32(from)), out);
      case BsonType.TIMESTAMP ->
          ascii(
              "{\"$timestamp\": {\"i\": %s, \"t\": %s}}"
                  .formatted(
                      Integer.toUnsignedString(reading.int32(from)),
                      Integer.toUnsignedString(reading.int32(from + 4))),
              out);
      case BsonType.INT64 -> ascii(Long.toString(reading.int64(from)), out);
      case BsonType.DECIMAL -> decimal(reading.int64(from), reading.int64(from + 8), out);
      case BsonType.MAX_KEY -> ascii("{\"$maxKey\": 1}", out);
      case BsonType.MIN_KEY -> ascii("{\"$minKey\": 1}", out);
      default -> throw new IllegalArgumentException("BSON of type " + type + " is not known");
    }
  }

  private static void floating(double value, GrowingBytes out) {
    boolean number = !Double.isNaN(value) && !Double.isInfinite(value);
    if (!number || (value == 0 && 1 / value < 0)) {
      ascii("{\"$numberDouble\": \"" + value + "\"}", out);
      return;
    }
    BigDecimal plain = new BigDecimal(NumberOutput.toString(value, true));
    ascii((plain.scale() <= 0 ? plain.setScale(1) : plain).toPlainString(), out);
  }

  private static void decimal(long low, long high, GrowingBytes out) {
    boolean negative = Decimals.isNegative(high);
    if (Decimals.isNaN(high)) {
      ascii("{\"$numberDecimal\": \"NaN\"}", out);
    } else if (Decimals.isInfinite(high)) {
      ascii("{\"$numberDecimal\": \"" + (negative ? "-" : "") + "Infinity\"}", out);
    } else {
      BigDecimal number = Decimals.number(low, high);
      if (number.signum() == 0 && negative) {
        String exponent = number.scale() == 0 ? "" : "E" + (number.scale() > 0 ? "" : "+");
        ascii(
            "{\"$numberDecimal\": \"-0%s\"}"
                .formatted(exponent.isEmpty() ? "" : exponent + -number.scale()),
            out);
      } else {
        ascii(number.toPlainString(), out);
      }
    }
  }

  private void array(byte[] bytes, int from, int end, int depth, GrowingBytes out) {
    Level level = level(depth);
    Elements elements = level.elements;
    var ignored = elements.read(bytes, from, end);
    out.int1('[');
    for (int i = 0; i < elements.count(); i++) {
      separate(i == 0, out);
      value(bytes, elements, elements.type(i), elements.value(i), elements.end(i), depth, out);
    }
    out.int1(']');
  }

  private static void binary(byte[] bytes, int from, int end, GrowingBytes out) {
    ascii("{\"$binary\": {\"base64\": \"", out);
    byte[] base64 = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, from + 5, end));
    out.raw(base64, 0, base64.length);
    ascii("\", \"subType\": \"", out);
    ascii(HexFormat.of().toHexDigits(bytes[from + 4]), out);
    ascii("\"}}", out);
  }

  private static void objectId(byte[] bytes, int from, GrowingBytes out) {
    ascii("{\"$oid\": \"", out);
    ascii(HexFormat.of().formatHex(bytes, from, from + 12), out);
    ascii("\"}", out);
  }

  private void regex(byte[] bytes, int from, int end, GrowingBytes out) {
    int pattern = from;
    while (bytes[pattern] != 0) {
      pattern++;
    }
    ascii("{\"$regularExpression\": {\"options\": ", out);
    text(bytes, pattern + 1, end - pattern - 2, out);
    ascii(", \"pattern\": ", out);
    text(bytes, from, pattern - from, out);
    ascii("}}", out);
  }

  private void quoted(String head, byte[] bytes, int from, int length, GrowingBytes out) {
    ascii(head, out);
    text(bytes, from, length, out);
    out.int1('}');
  }

  static void ascii(String text, GrowingBytes out) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    out.raw(bytes, 0, bytes.length);
  }

  /** Writes a text in quotes. */
  void text(byte[] utf8, int from, int length, GrowingBytes out) {
    int special = 0;
    int beyond = 0;
    int zeros = 0;
    for (int i = from; i < from + length; i++) {
      byte c = utf8[i];
      beyond |= c;
      special += (c >= 0 && c < 0x20) || c == '"' || c == '\\' ? 1 : 0;
      zeros += c == 0 ? 1 : 0;
    }
    boolean valid = beyond >= 0 || OddValues.isUtf8(utf8, from, length);
    out.int1('"');
    if (!valid) {
      lost("the text is not valid UTF-8");
      byte[] mended =
          new String(utf8, from, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
      escaped(mended, 0, mended.length, zeros > 0, out);
    } else if (special == 0) {
      out.raw(utf8, from, length);
    } else {
      escaped(utf8, from, length, zeros > 0, out);
    }
    out.int1('"');
  }

  private void escaped(byte[] utf8, int from, int length, boolean zeros, GrowingBytes out) {
    boolean spelled =
        zeros && lost("the text holds a zero character, and jsonb none") == OnLossy.TEXT;
    for (int i = from; i < from + length; i++) {
      byte c = utf8[i];
      switch (c) {
        case 0 -> ascii(spelled ? "\\\\u0000" : "", out);
        case '"' -> ascii("\\\"", out);
        case '\\' -> ascii("\\\\", out);
        case '\b' -> ascii("\\b", out);
        case '\f' -> ascii("\\f", out);
        case '\n' -> ascii("\\n", out);
        case '\r' -> ascii("\\r", out);
        case '\t' -> ascii("\\t", out);
        default -> {
          if (c >= 0 && c < 0x20) {
            ascii("\\u00", out);
            out.int1(HEX[c >> 4]);
            out.int1(HEX[c & 15]);
          } else {
            out.int1(c);
          }
        }
      }
    }
  }

  private OnLossy lost(String why) {
    return losses.lost(why);
  }
}
