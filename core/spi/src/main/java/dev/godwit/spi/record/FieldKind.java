package dev.godwit.spi.record;

import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** What a field holds, whatever Arrow type it lies in: the list of types that Godwit knows. */
public enum FieldKind {
  /** Bool. */
  BOOL,
  /** Int8 to Int64, signed. */
  INTEGER,
  /** UInt64. */
  UNSIGNED,
  /** Float32 or Float64. */
  FLOAT,
  /** Decimal128 or Decimal256. */
  DECIMAL,
  /** {@link Fields#DECIMAL}: a decimal as text. */
  TEXT_DECIMAL,
  /** Utf8. */
  TEXT,
  /** Binary. */
  BINARY,
  /** Date32: days since 1970-01-01. */
  DATE,
  /** Time64 in microseconds or nanoseconds. */
  TIME,
  /** Timestamp without a time zone. */
  LOCAL_TIMESTAMP,
  /** Timestamp in UTC. */
  INSTANT,
  /** Interval of months, days and nanoseconds. */
  INTERVAL,
  /** {@link Fields#UUID}. */
  UUID,
  /** {@link Fields#JSON}. */
  JSON,
  /** {@link Fields#BSON}. */
  BSON,
  /** {@link Fields#OPAQUE}. */
  OPAQUE,
  /** List of one kind. */
  LIST,
  /** Struct of named fields. */
  STRUCT,
  /** Map from keys to values. */
  MAP;

  /**
   * The kind of a field.
   *
   * @throws IllegalArgumentException for a type that no extractor of Godwit makes
   */
  public static FieldKind of(Field field) {
    return switch (Fields.extension(field).orElse("")) {
      case Fields.UUID -> UUID;
      case Fields.JSON -> JSON;
      case Fields.BSON -> BSON;
      case Fields.OPAQUE -> OPAQUE;
      case Fields.DECIMAL -> TEXT_DECIMAL;
      default -> ofStandard(field.getType());
    };
  }

  private static FieldKind ofStandard(ArrowType type) {
    return switch (type.getTypeID()) {
      case Bool -> BOOL;
      case Int -> ((ArrowType.Int) type).getIsSigned() ? INTEGER : UNSIGNED;
      case FloatingPoint -> FLOAT;
      case Decimal -> DECIMAL;
      case Utf8 -> TEXT;
      case Binary -> BINARY;
      case Date -> DATE;
      case Time -> TIME;
      case Timestamp ->
          ((ArrowType.Timestamp) type).getTimezone() == null ? LOCAL_TIMESTAMP : INSTANT;
      case Interval -> INTERVAL;
      case List -> LIST;
      case Struct -> STRUCT;
      case Map -> MAP;
      default -> throw new IllegalArgumentException("no records hold the Arrow type " + type);
    };
  }
}
