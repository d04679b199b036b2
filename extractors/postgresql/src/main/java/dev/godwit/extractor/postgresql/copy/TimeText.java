package dev.godwit.extractor.postgresql.copy;

import java.time.LocalDate;

/** Dates and times in the ISO style of the server, which has no year 0 but {@code 0001 BC}. */
final class TimeText {
  private TimeText() {}

  static void date(int days, ByteOut out) {
    if (days == Epoch.DATE_INFINITY) {
      out.text("infinity");
    } else if (days == Epoch.DATE_MINUS_INFINITY) {
      out.text("-infinity");
    } else {
      LocalDate date = LocalDate.ofEpochDay((long) days + Epoch.DAYS);
      day(date, out);
      era(date, out);
    }
  }

  static void timestamp(long micros, String zone, ByteOut out) {
    if (micros == Long.MAX_VALUE) {
      out.text("infinity");
    } else if (micros == Long.MIN_VALUE) {
      out.text("-infinity");
    } else {
      LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, Epoch.MICROS_A_DAY) + Epoch.DAYS);
      day(date, out);
      out.int1(' ');
      time(Math.floorMod(micros, Epoch.MICROS_A_DAY), out);
      out.text(zone);
      era(date, out);
    }
  }

  /** Of a count of microseconds that is not negative; hours may have any number of digits. */
  static void time(long micros, ByteOut out) {
    long seconds = micros / 1_000_000;
    padded(seconds / 3600, 2, out);
    out.int1(':');
    padded(seconds / 60 % 60, 2, out);
    out.int1(':');
    padded(seconds % 60, 2, out);
    long fraction = micros % 1_000_000;
    if (fraction != 0) {
      int digits = 6;
      while (fraction % 10 == 0) {
        fraction /= 10;
        digits--;
      }
      out.int1('.');
      padded(fraction, digits, out);
    }
  }

  private static void day(LocalDate date, ByteOut out) {
    int year = date.getYear();
    padded(year > 0 ? year : 1 - year, 4, out);
    out.int1('-');
    padded(date.getMonthValue(), 2, out);
    out.int1('-');
    padded(date.getDayOfMonth(), 2, out);
  }

  private static void era(LocalDate date, ByteOut out) {
    if (date.getYear() <= 0) {
      out.text(" BC");
    }
  }

  private static void padded(long value, int digits, ByteOut out) {
    String text = Long.toString(value);
    for (int i = text.length(); i < digits; i++) {
      out.int1('0');
    }
    out.text(text);
  }
}
