package dev.godwit.extractor.postgresql.read;

/** Names and texts as parts of a statement. */
final class Sql {
  private Sql() {}

  /** A name, quoted whatever it holds. */
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text; safe whatever {@code standard_conforming_strings} says. */
  static String text(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.contains("\\") ? "E" + quoted.replace("\\", "\\\\") : quoted;
  }
}
