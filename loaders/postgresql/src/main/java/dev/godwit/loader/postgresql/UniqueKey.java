package dev.godwit.loader.postgresql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A primary key or unique constraint in two statements: its index, which is built beside others of
 * its table, and the constraint over it, which needs the table for itself but takes no time. Added
 * in one statement, it keeps everything else from the table for as long as its index is built
 * (PostgreSQL's manual, "ALTER TABLE", "ADD table_constraint_using_index").
 *
 * @param index makes the index
 * @param constraint adds the constraint
 */
record UniqueKey(String index, String constraint) {
  private static final String NAME = "(?:[a-z_][a-z0-9_]*|\"(?:[^\"]|\"\")+\")";
  private static final String NAMES = "\\(" + NAME + "(?:, " + NAME + ")*\\)";
  private static final String OPTIONS = "\\((?:[^()']|'(?:[^']|'')*')*\\)";

  /** What the extractor writes, out of pg_get_constraintdef. */
  private static final Pattern DEFINITION =
      Pattern.compile(
          ("ALTER TABLE ONLY (?<table>%1$s\\.%1$s) ADD CONSTRAINT (?<name>%1$s)"
                  + " (?<kind>PRIMARY KEY|UNIQUE)(?<nulls> NULLS NOT DISTINCT)?"
                  + " (?<columns>%2$s)(?<include> INCLUDE %2$s)?(?<options> WITH %3$s)?"
                  + "(?<deferred>(?: DEFERRABLE)?(?: INITIALLY DEFERRED)?)(?<more>;.*)?")
              .formatted(NAME, NAMES, OPTIONS),
          Pattern.DOTALL);

  /**
   * The two statements of a definition; empty where it has to stay one, such as one {@code without
   * overlaps}.
   */
  static Optional<UniqueKey> of(String definition) {
    Matcher parts = DEFINITION.matcher(definition);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String index =
        "CREATE UNIQUE INDEX "
            + parts.group("name")
            + " ON "
            + parts.group("table")
            + " USING btree "
            + parts.group("columns")
            + given(parts.group("include"))
            + given(parts.group("nulls"))
            + given(parts.group("options"));
    String constraint =
        "ALTER TABLE ONLY "
            + parts.group("table")
            + " ADD CONSTRAINT "
            + parts.group("name")
            + " "
            + parts.group("kind")
            + " USING INDEX "
            + parts.group("name")
            + given(parts.group("deferred"))
            + given(parts.group("more"));
    return Optional.of(new UniqueKey(index, constraint));
  }

  private static String given(String part) {
    return part == null ? "" : part;
  }
}
