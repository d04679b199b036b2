package dev.godwit.extractor.redis.rdb;

import java.nio.charset.StandardCharsets;

/** Numbers that Redis keeps as text. */
final class Numbers {
  private Numbers() {}

  static long parse(byte[] text) {
    try {
      return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw new RdbException("a number was expected");
    }
  }

  /** A score, {@code inf} and {@code -inf} among them. */
  static double score(byte[] text) {
    String number = new String(text, StandardCharsets.US_ASCII);
    try {
      return switch (number) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan", "-nan" -> Double.NaN;
        default -> Double.parseDouble(number);
      };
    } catch (NumberFormatException e) {
      throw new RdbException("a score was expected");
    }
  }
}
