package dev.godwit.extractor.postgresql.schema.said;

/** Statements that are put together where they are carried out. */
final class Statements {
  private static final String DATABASE = "%I";

  private Statements() {}

  /** A statement about the database that it is carried out in; its first {@code %I} is the name. */
  static String here(String statement) {
    int at = statement.indexOf(DATABASE);
    return here(statement.substring(0, at), statement.substring(at + DATABASE.length()));
  }

  /** A statement about the database that it is carried out in, whose name stands between these. */
  static String here(String before, String after) {
    return block(
        "BEGIN EXECUTE %s || pg_catalog.quote_ident(pg_catalog.current_database()) || %s; END"
            .formatted(literal(before), literal(after)));
  }

  /** Statements that are carried out where an expression is not null. */
  static String where(String found, String statements) {
    return block("BEGIN IF " + found + " IS NOT NULL THEN\n" + statements + ";\nEND IF; END");
  }

  /** A body of PL/pgSQL as a statement. */
  static String block(String body) {
    return "DO " + literal(body);
  }

  /** A text as a literal, whatever {@code standard_conforming_strings} says. */
  private static String literal(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
  }
}
