package dev.godwit.extractor.postgresql.copy;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Intervals in the server's own style: {@code 1 year 2 mons -3 days +04:05:06.7}, every field with
 * its own sign. Infinite ones exist since version 17.
 */
final class IntervalText {
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:([+-]?\\d+) years? ?)?(?:([+-]?\\d+) mons? ?)?(?:([+-]?\\d+) days? ?)?"
              + "(?:([+-]?)(\\d+):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?)?");

  private IntervalText() {}

  static void write(long micros, int days, int months, ByteOut out) {
    if (micros == Long.MAX_VALUE && days == Integer.MAX_VALUE && months == Integer.MAX_VALUE) {
      out.text("infinity");
      return;
    } else if (micros == Long.MIN_VALUE
        && days == Integer.MIN_VALUE
        && months == Integer.MIN_VALUE) {
      out.text("-infinity");
      return;
    }
    int start = out.length();
    part(months / 12, "year", start, out);
    part(months % 12, "mon", start, out);
    part(days, "day", start, out);
    if (micros != 0 || out.length() == start) {
      if (out.length() > start) {
        out.int1(' ');
      }
      if (micros < 0) {
        out.int1('-');
      } else if (out.length() > start) {
        out.int1('+');
      }
      time(micros, out);
    }
  }

  private static void part(int count, String unit, int start, ByteOut out) {
    if (count != 0) {
      // A sign on each, as the server does it: in the SQL style the first would hold for all.
      String apart = out.length() > start ? " " : "";
      String sign = out.length() > start && count > 0 ? "+" : "";
      out.text(apart + sign + count + " " + unit + (count == 1 ? "" : "s"));
    }
  }

  /** The least number of microseconds has no positive of its own; it is written by its parts. */
  private static void time(long micros, ByteOut out) {
    if (micros == Long.MIN_VALUE) {
      out.text("2562047788:00:54.775808");
    } else {
      TimeText.time(Math.abs(micros), out);
    }
  }

  /** Reads what {@link #write} writes, into the binary form. */
  static void parse(byte[] text, ByteOut out) {
    String interval = new String(text, StandardCharsets.UTF_8);
    if (interval.equals("infinity")) {
      out.int8(Long.MAX_VALUE);
      out.int4(Integer.MAX_VALUE);
      out.int4(Integer.MAX_VALUE);
      return;
    } else if (interval.equals("-infinity")) {
      out.int8(Long.MIN_VALUE);
      out.int4(Integer.MIN_VALUE);
      out.int4(Integer.MIN_VALUE);
      return;
    }
    Matcher parts = PARTS.matcher(interval);
    if (!parts.matches()) {
      throw new Malformed("'" + interval + "' is no interval");
    }
    out.int8(micros(parts));
    out.int4(number(parts.group(3)));
    out.int4(Math.toIntExact(number(parts.group(1)) * 12L + number(parts.group(2))));
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static long micros(Matcher parts) {
    if (parts.group(5) == null) {
      return 0;
    }
    String fraction = parts.group(8) == null ? "" : parts.group(8);
    long seconds =
        Long.parseLong(parts.group(5)) * 3600
            + Long.parseLong(parts.group(6)) * 60
            + Long.parseLong(parts.group(7));
    long rest = Long.parseLong((fraction + "000000").substring(0, 6));
    // Counted downwards, for the least number has no positive of its own.
    long negative = Math.subtractExact(Math.multiplyExact(seconds, -1_000_000L), rest);
    return parts.group(4).equals("-") ? negative : Math.negateExact(negative);
  }
}
