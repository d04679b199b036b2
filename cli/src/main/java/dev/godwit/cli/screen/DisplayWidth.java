package dev.godwit.cli.screen;

/**
 * How many columns of a terminal a text takes. East Asian wide characters and emoji take two,
 * combining marks none (Unicode Standard Annex #11, by blocks; good enough for names).
 */
public final class DisplayWidth {
  private DisplayWidth() {}

  /** The columns that the text takes. */
  public static int of(String text) {
    return text.codePoints().map(DisplayWidth::of).sum();
  }

  private static int of(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  /** The beginning of the text that takes at most so many columns, two dots where it was cut. */
  static String cut(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 0;
    int room = Math.max(0, columns - 2);
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      if (used + of(c) > room) {
        break;
      }
      used += of(c);
      kept.appendCodePoint(c);
      at += Character.charCount(c);
    }
    return kept + "..".substring(0, Math.min(2, columns));
  }
}
