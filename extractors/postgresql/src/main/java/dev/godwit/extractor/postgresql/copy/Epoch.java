package dev.godwit.extractor.postgresql.copy;

/** PostgreSQL counts from 2000-01-01, Arrow from 1970-01-01 (datatype/timestamp.h). */
final class Epoch {
  private Epoch() {}

  /** Days from Arrow's to PostgreSQL's. */
  static final int DAYS = 10957;

  static final long MICROS_A_DAY = 86_400_000_000L;

  /** Microseconds from Arrow's to PostgreSQL's. */
  static final long MICROS = DAYS * MICROS_A_DAY;

  static final int DATE_INFINITY = Integer.MAX_VALUE;
  static final int DATE_MINUS_INFINITY = Integer.MIN_VALUE;
}
