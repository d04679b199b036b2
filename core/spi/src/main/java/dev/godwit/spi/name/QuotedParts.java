package dev.godwit.spi.name;

import java.util.ArrayList;
import java.util.List;

/** Splits a dotted path whose parts may be quoted. */
final class QuotedParts {
  private QuotedParts() {}

  /** One part: its text without quotes, and whether it was quoted (then stars mean themselves). */
  record Part(String text, boolean quoted) {}

  static List<Part> split(String path) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder text = new StringBuilder();
      boolean quoted = at < path.length() && path.charAt(at) == '"';
      at = quoted ? quotedEnd(path, at, text) : plainEnd(path, at, text);
      if (text.length() == 0 && !quoted) {
        throw new IllegalArgumentException("empty part in the name '" + path + "'");
      }
      parts.add(new Part(text.toString(), quoted));
      if (at == path.length()) {
        return parts;
      }
      if (path.charAt(at) != '.') {
        throw new IllegalArgumentException("a dot must follow the quoted part in '" + path + "'");
      }
      at++;
    }
  }

  private static int plainEnd(String path, int from, StringBuilder text) {
    int at = from;
    while (at < path.length() && path.charAt(at) != '.') {
      text.append(path.charAt(at++));
    }
    return at;
  }

  private static int quotedEnd(String path, int from, StringBuilder text) {
    int at = from + 1;
    while (at < path.length()) {
      char c = path.charAt(at++);
      if (c != '"') {
        text.append(c);
      } else if (at < path.length() && path.charAt(at) == '"') {
        text.append('"');
        at++;
      } else {
        return at;
      }
    }
    throw new IllegalArgumentException("a quote is left open in the name '" + path + "'");
  }
}
