package dev.godwit.loader.postgresql;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a definition reads or writes a table under the table's own name: columns are then written
 * as {@code orders.id}, so a table that is called otherwise must keep its old name there, as an
 * alias. The server writes keywords in capitals, and quotes every alias that has any. Fed token by
 * token.
 */
final class QueryTables {
  private static final Pattern HOLDS_A_QUERY =
      Pattern.compile(
          "CREATE (?:OR REPLACE )?(?:RECURSIVE |MATERIALIZED )?"
              + "(?:VIEW|RULE|FUNCTION|PROCEDURE|POLICY) ");
  private static final Set<String> AHEAD =
      Set.of("FROM", "JOIN", "INTO", "UPDATE", "USING", "ONLY");
  private static final Set<String> AHEAD_IN_A_LIST = Set.of(",", "(");
  private static final Set<String> BEGIN = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE");

  private final String sql;
  private final boolean queries;
  private boolean begun;
  private String last = "";

  QueryTables(String sql) {
    this.sql = sql;
    this.queries = HOLDS_A_QUERY.matcher(sql).lookingAt();
  }

  /** The token that came last: a word as it was written, or a character. */
  void meet(String token) {
    last = token;
    begun |= BEGIN.contains(token);
  }

  /**
   * Whether a name of a table that begins after the last token stands for its rows, and brings no
   * alias.
   *
   * @param end where the name ends
   */
  boolean namedByItself(int end) {
    boolean place = AHEAD.contains(last) || (begun && AHEAD_IN_A_LIST.contains(last));
    return queries && place && !part(end) && !alias(end);
  }

  private boolean part(int end) {
    return end < sql.length() && (sql.charAt(end) == '.' || sql.charAt(end) == '(');
  }

  private boolean alias(int end) {
    int at = end;
    while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
      at++;
    }
    if (at == sql.length()) {
      return false;
    }
    char c = sql.charAt(at);
    return c == '"'
        || c == '_'
        || c >= 0x80
        || Character.isLowerCase(c)
        || sql.startsWith("AS ", at);
  }
}
