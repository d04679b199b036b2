package dev.godwit.loader.postgresql;

import dev.godwit.spi.name.DatasetName;
import java.util.List;

/** The schema and name of a table, index or sequence of the target. */
record Relation(String schema, String name) {

  /**
   * Where a dataset lies: its last two parts where it has at least three, as PostgreSQL's own have;
   * else its last part, in schema public.
   */
  static Relation of(DatasetName dataset) {
    List<String> parts = dataset.parts();
    return new Relation(
        parts.size() < 3 ? "public" : parts.get(parts.size() - 2), parts.get(parts.size() - 1));
  }

  /** Reads a name of two parts, as a definition's attributes hold it. */
  static Relation parse(String text) {
    DatasetName name = DatasetName.parse(text);
    return new Relation(name.parts().get(0), name.last());
  }

  /** Qualified, for a statement. */
  String quoted() {
    return quote(schema) + "." + quote(name);
  }

  /** An identifier for a statement, always in quotes. */
  static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A literal for a statement, whatever standard_conforming_strings says. */
  static String literal(String text) {
    String doubled = text.replace("'", "''");
    return text.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : " E'" + doubled.replace("\\", "\\\\") + "'";
  }

  /** Qualified, for people. */
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
