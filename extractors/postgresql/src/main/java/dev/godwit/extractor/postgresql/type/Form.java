package dev.godwit.extractor.postgresql.type;

import java.util.List;

/**
 * How the values of a type travel through COPY and lie in Arrow. Domains have the form of what they
 * stand on.
 */
public sealed interface Form {

  /** Types without parts. Each stands for one binary send form of the server (its xxxsend). */
  enum Scalar implements Form {
    /** bool: Bool. */
    BOOL,
    /** int2: Int16. */
    INT2,
    /** int4: Int32. */
    INT4,
    /** int8: Int64. */
    INT8,
    /** Four bytes without a sign, such as oid and xid: Int64. */
    UINT4,
    /** Eight bytes without a sign, xid8: UInt64. */
    UINT8,
    /** float4: Float32. */
    FLOAT4,
    /** float8: Float64. */
    FLOAT8,
    /** numeric whose scale is not declared, or not one that Arrow's decimals have: text. */
    NUMERIC_TEXT,
    /** date: Date32. */
    DATE,
    /** time: Time64 in microseconds. */
    TIME,
    /** timestamp: Timestamp in microseconds without a zone. */
    TIMESTAMP,
    /** timestamptz: Timestamp in microseconds, UTC. */
    TIMESTAMPTZ,
    /** interval: MonthDayNano. */
    INTERVAL,
    /** uuid: 16 bytes. */
    UUID,
    /** "char": one byte; Utf8, the zero byte being the empty text. */
    CHAR,
    /** text, varchar, bpchar, name and enums: Utf8. */
    TEXT,
    /** json: its letters, Utf8. */
    JSON,
    /** jsonb: a version byte, then its letters; Utf8. */
    JSONB,
    /** bytea: Binary. */
    BYTEA,
    /** Any other type, asked for as text: Utf8. It is never written in binary. */
    CAST
  }

  /**
   * A numeric of a declared precision and scale: Decimal128 up to 38 digits, Decimal256 up to 76.
   */
  record Decimal(int precision, int scale) implements Form {
    /** Bytes of the Arrow value: 16 or 32. */
    public int width() {
      return precision <= 38 ? 16 : 32;
    }
  }

  /**
   * An array: List.
   *
   * @param elementOid the id that the server writes into the array's header
   */
  record Items(Form element, int elementOid) implements Form {}

  /** A composite: Struct. */
  record Row(List<Part> parts) implements Form {
    /** Copies the parts. */
    public Row {
      parts = List.copyOf(parts);
    }
  }

  /** A field of a composite. */
  record Part(String name, Form form, int oid) {}
}
