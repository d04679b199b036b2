package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;

/**
 * How the server spells out functions with arguments that are called like words which later servers
 * keep to themselves (manual, appendix "SQL Key Words"): with all names quoted, as the later ones
 * need them. pg_dump has the same trouble, hence its option {@code --quote-all-identifiers}.
 */
final class Spelling {
  private Spelling() {}

  /** The first version that knows, and so quotes, all of the words. */
  private static final int KNOWS_ALL = 17;

  private static final String WORDS =
      "'{json,json_array,json_arrayagg,json_exists,json_object,json_objectagg,json_query,"
          + "json_scalar,json_serialize,json_table,json_value,merge_action,system_user}'";

  /**
   * What an expression over a row {@code p} of pg_proc prints, such that servers of all versions
   * read it as it is meant.
   */
  static String ofFunction(CatalogueQuery query, String expression) {
    return query.since(
        KNOWS_ALL,
        expression,
        "case when p.proargnames && "
            + WORDS
            + "::text[] then "
            + quoting("on")
            + " || "
            + expression
            + " || "
            + quoting("off")
            + " else "
            + expression
            + " end");
  }

  /** Switches the quoting of names as it is reached, from left to right; itself an empty text. */
  private static String quoting(String state) {
    return "left(set_config('quote_all_identifiers', '" + state + "', true), 0)";
  }
}
