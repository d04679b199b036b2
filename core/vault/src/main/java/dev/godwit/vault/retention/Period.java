package dev.godwit.vault.retention;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Spans of the calendar of which the newest snapshot is kept. */
public enum Period {
  /** An hour of the clock, with its offset: in autumn the clock shows one twice. */
  HOURLY("uuuu-MM-dd HH:00XXX"),
  /** A day. */
  DAILY("uuuu-MM-dd"),
  /** A week from Monday to Sunday (ISO 8601). */
  WEEKLY(""),
  /** A month. */
  MONTHLY("uuuu-MM"),
  /** A year. */
  YEARLY("uuuu");

  private final DateTimeFormatter name;

  Period(String pattern) {
    this.name = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }

  /** The name of the span that a moment lies in, such as {@code 2026-11-20} or {@code 2026-W47}. */
  String of(ZonedDateTime moment) {
    if (this != WEEKLY) {
      return name.format(moment);
    }
    LocalDate day = moment.toLocalDate();
    return String.format(
        Locale.ROOT,
        "%d-W%02d",
        day.get(IsoFields.WEEK_BASED_YEAR),
        day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  /** The word of its option, such as {@code daily}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
