package dev.godwit.vault.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as people write it for retention: {@code 2y5m7d3h}. Years, months and days are
 * those of the calendar.
 *
 * @param text as it was written
 * @param days years, months and days
 * @param hours the rest
 */
public record Within(String text, Period days, Duration hours) {
  private static final Pattern TEXT =
      Pattern.compile("(?:(\\d{1,4})y)?(?:(\\d{1,5})m)?(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException where it is none, or is nought
   */
  public static Within parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no length of time: years, months, days and hours such as 2y5m7d3h");
    }
    Period days = Period.of(number(parts, 1), number(parts, 2), number(parts, 3));
    Duration hours = Duration.ofHours(number(parts, 4));
    if (days.isZero() && hours.isZero()) {
      throw new IllegalArgumentException("'" + text + "' is no time at all");
    }
    return new Within(text, days, hours);
  }

  private static int number(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
  }

  /** The moment that lies so long before another. */
  Instant before(Instant moment, ZoneId zone) {
    return moment.atZone(zone).minus(days).minus(hours).toInstant();
  }
}
