package dev.godwit.cli.screen;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Sizes, counts and times as people read them. Sizes are decimal: 1 kB is 1000 bytes. */
public final class Amounts {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private Amounts() {}

  /** Such as {@code 0 B}, {@code 999 B}, {@code 1.5 MB}; {@code ?} below zero, for not known. */
  public static String bytes(long bytes) {
    if (bytes < 0) {
      return "?";
    }
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    // 999.95 would be printed as 1000.0.
    while (value >= 999.95 || unit < 0) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** With a comma between thousands; {@code ?} below zero, for not known. */
  public static String count(long count) {
    return count < 0 ? "?" : String.format(Locale.ROOT, "%,d", count);
  }

  /** A count with its word: {@code 1 row}, {@code 2 rows}. */
  public static String count(long count, String word) {
    return count(count) + " " + word + (count == 1 ? "" : "s");
  }

  /**
   * Such as {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 14 min}, {@code 3 d 4 h}.
   */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, duration.toMillis()) / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
  }

  /** A time by the clock on the wall here. */
  public static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }
}
