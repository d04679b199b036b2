package dev.godwit.cli.screen;

import java.util.Locale;

/** Text of others made safe for a terminal. */
public final class Printable {
  private Printable() {}

  /** One line: control characters, which could move the cursor or ring, are written as escapes. */
  public static String line(String text) {
    if (text.codePoints().noneMatch(Printable::unsafe)) {
      return text;
    }
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                default -> {
                  if (unsafe(c)) {
                    safe.append(String.format(Locale.ROOT, "\\u%04x", c));
                  } else {
                    safe.appendCodePoint(c);
                  }
                }
              }
            });
    return safe.toString();
  }

  private static boolean unsafe(int c) {
    return Character.isISOControl(c)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
