package dev.godwit.extractor.postgresql.copy;

import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@link TimeText} writes. */
final class TimeParser {
  private static final Pattern DATE = Pattern.compile("(\\d{4,7})-(\\d\\d)-(\\d\\d)( BC)?");
  private static final Pattern TIME =
      Pattern.compile("(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?");

  private TimeParser() {}

  /** Days since 2000-01-01. */
  static int date(String text) {
    return switch (text) {
      case "infinity" -> Epoch.DATE_INFINITY;
      case "-infinity" -> Epoch.DATE_MINUS_INFINITY;
      default -> Math.toIntExact(days(text));
    };
  }

  private static long days(String text) {
    Matcher date = DATE.matcher(text);
    if (!date.matches()) {
      throw new IllegalArgumentException("not in the ISO style");
    }
    int year = Integer.parseInt(date.group(1));
    LocalDate day =
        LocalDate.of(
            date.group(4) == null ? year : 1 - year,
            Integer.parseInt(date.group(2)),
            Integer.parseInt(date.group(3)));
    return day.toEpochDay() - Epoch.DAYS;
  }

  /** Microseconds of the day. */
  static long time(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new IllegalArgumentException("not in the ISO style");
    }
    long seconds =
        Integer.parseInt(time.group(1)) * 3600L
            + Integer.parseInt(time.group(2)) * 60L
            + Integer.parseInt(time.group(3));
    String fraction = time.group(4) == null ? "" : time.group(4);
    return seconds * 1_000_000 + Integer.parseInt((fraction + "000000").substring(0, 6));
  }

  /** Microseconds since 2000-01-01, of a text with the zone given. */
  static long timestamp(String text, String zone) {
    if (text.equals("infinity")) {
      return Long.MAX_VALUE;
    } else if (text.equals("-infinity")) {
      return Long.MIN_VALUE;
    }
    boolean before = text.endsWith(" BC");
    String plain = before ? text.substring(0, text.length() - 3) : text;
    int space = plain.indexOf(' ');
    if (space < 0 || !plain.endsWith(zone)) {
      throw new IllegalArgumentException("not in the ISO style");
    }
    long days = days(plain.substring(0, space) + (before ? " BC" : ""));
    long time = time(plain.substring(space + 1, plain.length() - zone.length()));
    return Math.addExact(Math.multiplyExact(days, Epoch.MICROS_A_DAY), time);
  }
}
