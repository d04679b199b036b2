package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.Utf8;
import dev.godwit.mapping.document.DocumentShape.ShapeType;

/** Which values a column of a type holds. */
final class ShapeTypes {
  /**
   * The first and the last millisecond that columns of instants hold: PostgreSQL begins in 4713
   * before Christ, and Arrow's microseconds end in the year 294247.
   *
   * @see <a href="https://www.postgresql.org/docs/current/datatype-datetime.html">Date/Time
   *     Types</a>
   */
  static final long FIRST = -210_866_803_200_000L;

  static final long LAST = Long.MAX_VALUE / 1000;

  private ShapeTypes() {}

  /** The type of a value; null where no column holds such values. */
  static ShapeType of(Elements elements, int i) {
    return switch (elements.type(i)) {
      case BsonType.INT32 -> ShapeType.INT32;
      case BsonType.INT64 -> ShapeType.INT64;
      case BsonType.DOUBLE -> ShapeType.DOUBLE;
      case BsonType.DECIMAL -> ShapeType.DECIMAL;
      case BsonType.BOOLEAN -> ShapeType.BOOL;
      case BsonType.STRING -> ShapeType.STRING;
      case BsonType.DATE -> ShapeType.DATE;
      case BsonType.OBJECT_ID -> ShapeType.OBJECT_ID;
      case BsonType.BINARY ->
          switch (elements.bytes()[elements.value(i) + 4]) {
            case BsonType.GENERIC -> ShapeType.BINARY;
            case BsonType.UUID -> elements.int32(elements.value(i)) == 16 ? ShapeType.UUID : null;
            default -> null;
          };
      default -> null;
    };
  }

  /** Whether a column of a type holds a value just as it is. */
  static boolean holds(ShapeType type, Elements elements, int i) {
    ShapeType own = of(elements, i);
    if (own != type) {
      return type == ShapeType.INT64 && own == ShapeType.INT32;
    }
    int at = elements.value(i);
    return switch (type) {
      case DATE -> isInstant(elements.int64(at));
      case DECIMAL -> isNumber(elements.int64(at), elements.int64(at + 8));
      case STRING -> Utf8.isPlain(elements.bytes(), at + 4, elements.end(i) - 1);
      default -> true;
    };
  }

  /** Whether a date, in milliseconds, is one that columns hold. */
  static boolean isInstant(long millis) {
    return millis >= FIRST && millis <= LAST;
  }

  /** Whether a Decimal128 is a number that is not a zero below zero. */
  static boolean isNumber(long low, long high) {
    return !Decimals.isNaN(high)
        && !Decimals.isInfinite(high)
        && !(Decimals.isNegative(high) && Decimals.number(low, high).signum() == 0);
  }
}
