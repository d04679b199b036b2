package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import java.math.BigDecimal;

/** Writes the values that are not made of others; see {@link JsonbText}. */
final class JsonScalars {
  private static final byte[] NULL = Digits.ascii("null");
  private static final byte[] TRUE = Digits.ascii("true");
  private static final byte[] FALSE = Digits.ascii("false");
  private static final byte[] END = Digits.ascii("\"}");
  private static final byte[] END_TWICE = Digits.ascii("\"}}");
  private static final byte[] UNDEFINED = Digits.ascii("{\"$undefined\": true}");
  private static final byte[] MIN_KEY = Digits.ascii("{\"$minKey\": 1}");
  private static final byte[] MAX_KEY = Digits.ascii("{\"$maxKey\": 1}");
  private static final byte[] OBJECT_ID = Digits.ascii("{\"$oid\": \"");
  private static final byte[] DATE = Digits.ascii("{\"$date\": {\"$numberLong\": \"");
  private static final byte[] BINARY = Digits.ascii("{\"$binary\": {\"base64\": \"");
  private static final byte[] SUBTYPE = Digits.ascii("\", \"subType\": \"");
  private static final byte[] OPTIONS = Digits.ascii("{\"$regularExpression\": {\"options\": ");
  private static final byte[] PATTERN = Digits.ascii(", \"pattern\": ");
  private static final byte[] POINTER = Digits.ascii("{\"$dbPointer\": {\"$id\": ");
  private static final byte[] REF = Digits.ascii(", \"$ref\": ");
  private static final byte[] CODE = Digits.ascii("{\"$code\": ");
  private static final byte[] SCOPE = Digits.ascii(", \"$scope\": ");
  private static final byte[] SYMBOL = Digits.ascii("{\"$symbol\": ");
  private static final byte[] TIMESTAMP = Digits.ascii("{\"$timestamp\": {\"i\": ");
  private static final byte[] TIME = Digits.ascii(", \"t\": ");
  private static final byte[] DOUBLE = Digits.ascii("{\"$numberDouble\": \"");
  private static final byte[] DECIMAL = Digits.ascii("{\"$numberDecimal\": \"");

  private static final long UNSIGNED = 0xffff_ffffL;

  private final TextWriter strings;

  JsonScalars(TextWriter strings) {
    this.strings = strings;
  }

  static void none(GrowingBytes out) {
    out.ascii(NULL);
  }

  void string(byte[] utf8, int from, int length, GrowingBytes out) {
    strings.write(utf8, from, length, out);
  }

  /** Writes the value of an element. */
  void write(Elements of, int i, GrowingBytes out) {
    byte[] bytes = of.bytes();
    int from = of.value(i);
    int end = of.end(i);
    switch (of.type(i)) {
      case BsonType.DOUBLE -> floating(Double.longBitsToDouble(of.int64(from)), out);
      case BsonType.STRING -> strings.write(bytes, from + 4, end - from - 5, out);
      case BsonType.BINARY -> {
        out.ascii(BINARY);
        Digits.base64(bytes, from + 5, end, out);
        out.ascii(SUBTYPE);
        Digits.hex(bytes, from + 4, from + 5, out);
        out.ascii(END_TWICE);
      }
      case BsonType.UNDEFINED -> out.ascii(UNDEFINED);
      case BsonType.OBJECT_ID -> objectId(bytes, from, out);
      case BsonType.BOOLEAN -> out.ascii(bytes[from] != 0 ? TRUE : FALSE);
      case BsonType.DATE -> {
        out.ascii(DATE);
        Digits.whole(of.int64(from), out);
        out.ascii(END_TWICE);
      }
      case BsonType.NULL -> out.ascii(NULL);
      case BsonType.REGEX -> regex(bytes, from, end, out);
      case BsonType.DB_POINTER -> {
        out.ascii(POINTER);
        objectId(bytes, end - 12, out);
        out.ascii(REF);
        strings.write(bytes, from + 4, end - from - 12 - 5, out);
        out.int1('}');
        out.int1('}');
      }
      case BsonType.CODE -> quoted(CODE, bytes, from + 4, end - from - 5, out);
      case BsonType.SYMBOL -> quoted(SYMBOL, bytes, from + 4, end - from - 5, out);
      case BsonType.INT32 -> Digits.whole(of.int32(from), out);
      case BsonType.TIMESTAMP -> {
        out.ascii(TIMESTAMP);
        Digits.whole(of.int32(from) & UNSIGNED, out);
        out.ascii(TIME);
        Digits.whole(of.int32(from + 4) & UNSIGNED, out);
        out.int1('}');
        out.int1('}');
      }
      case BsonType.INT64 -> Digits.whole(of.int64(from), out);
      case BsonType.DECIMAL -> decimal(of.int64(from), of.int64(from + 8), out);
      case BsonType.MAX_KEY -> out.ascii(MAX_KEY);
      case BsonType.MIN_KEY -> out.ascii(MIN_KEY);
      default -> throw new IllegalArgumentException("BSON of type " + of.type(i) + " is not known");
    }
  }

  /**
   * Writes code that has a scope, up to the scope.
   *
   * @return where the scope begins
   */
  int codeBeforeScope(Elements of, int i, GrowingBytes out) {
    int from = of.value(i);
    int length = of.int32(from + 4);
    if (length < 1 || length > of.end(i) - from - 8) {
      throw new IllegalArgumentException("it is no BSON document: its code ends beyond it");
    }
    out.ascii(CODE);
    strings.write(of.bytes(), from + 8, length - 1, out);
    out.ascii(SCOPE);
    return from + 8 + length;
  }

  private static void floating(double value, GrowingBytes out) {
    boolean number = !Double.isNaN(value) && !Double.isInfinite(value);
    if (number && (value != 0 || 1 / value > 0)) {
      Digits.floating(value, out);
    } else {
      out.ascii(DOUBLE);
      out.ascii(Digits.ascii(Double.toString(value)));
      out.ascii(END);
    }
  }

  private static void decimal(long low, long high, GrowingBytes out) {
    if (ShapeTypes.isNumber(low, high)) {
      out.ascii(Digits.ascii(Decimals.number(low, high).toPlainString()));
    } else {
      wrappedDecimal(low, high, out);
    }
  }

  /** Writes any decimal as Extended JSON. */
  static void wrappedDecimal(long low, long high, GrowingBytes out) {
    out.ascii(DECIMAL);
    String minus = Decimals.isNegative(high) ? "-" : "";
    if (Decimals.isNaN(high)) {
      out.ascii(Digits.ascii("NaN"));
    } else if (Decimals.isInfinite(high)) {
      out.ascii(Digits.ascii(minus + "Infinity"));
    } else {
      BigDecimal number = Decimals.number(low, high);
      out.ascii(Digits.ascii(number.signum() == 0 ? minus + number : number.toString()));
    }
    out.ascii(END);
  }

  private static void objectId(byte[] bytes, int from, GrowingBytes out) {
    out.ascii(OBJECT_ID);
    Digits.hex(bytes, from, from + 12, out);
    out.ascii(END);
  }

  private void regex(byte[] bytes, int from, int end, GrowingBytes out) {
    int pattern = from;
    while (bytes[pattern] != 0) {
      pattern++;
    }
    out.ascii(OPTIONS);
    strings.write(bytes, pattern + 1, end - pattern - 2, out);
    out.ascii(PATTERN);
    strings.write(bytes, from, pattern - from, out);
    out.int1('}');
    out.int1('}');
  }

  private void quoted(byte[] head, byte[] bytes, int from, int length, GrowingBytes out) {
    out.ascii(head);
    strings.write(bytes, from, length, out);
    out.int1('}');
  }
}
