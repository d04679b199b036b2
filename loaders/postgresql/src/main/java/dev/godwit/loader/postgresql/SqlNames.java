package dev.godwit.loader.postgresql;

import java.util.Map;

/**
 * Puts other names into a definition. Definitions come from a server with an empty search path, so
 * every relation in them is written with its schema; the text is cut into tokens as PostgreSQL's
 * lexer does (manual, "Lexical Structure"), so that nothing inside a string or a quoted identifier
 * is taken for a name. The one kind of string that is looked into is {@code
 * 'schema.name'::regclass}.
 */
final class SqlNames {
  private final Map<Relation, Relation> names;
  private final Map<String, String> indexes;
  private final String sql;
  private final QueryTables queries;
  private final boolean policy;
  private final StringBuilder out = new StringBuilder();
  private int at;

  /** What a policy's table was called, and is; columns of it are written with that name. */
  private Relation old;

  private Relation own;

  private SqlNames(Map<Relation, Relation> names, Map<String, String> indexes, String sql) {
    this.names = names;
    this.indexes = indexes;
    this.sql = sql;
    this.queries = new QueryTables(sql);
    this.policy = sql.startsWith("CREATE POLICY ");
  }

  /**
   * The statement with other names.
   *
   * @param names what relations are to be called
   * @param indexes what indexes and constraints of the statement's table are to be called, where
   *     the statement names them without a schema
   */
  static String replace(String sql, Map<Relation, Relation> names, Map<String, String> indexes) {
    return new SqlNames(names, indexes, sql).run();
  }

  private String run() {
    String word = ""; // the last keyword or plain identifier
    while (at < sql.length()) {
      int start = at;
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        out.append(c);
        at++;
        continue;
      }
      if (c == '\'') {
        string(false);
      } else if ((c == 'E' || c == 'e') && next(1) == '\'') {
        at++;
        string(true);
      } else if (c == '$' && dollarQuote()) {
        out.append(sql, start, at);
      } else if (identifierStart(c)) {
        word = identifiers(word);
      } else {
        out.append(c);
        at++;
      }
      queries.meet(sql.substring(start, at));
    }
    return out.toString();
  }

  private char next(int ahead) {
    return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
  }

  private static boolean identifierStart(char c) {
    return c == '"' || c == '_' || Character.isLetter(c) || c >= 0x80;
  }

  /** One identifier or a dotted chain of them; returns the last one, as it was written. */
  private String identifiers(String before) {
    int start = at;
    String first = identifier();
    String firstText = sql.substring(start, at);
    if (next(0) == '.' && at + 1 < sql.length() && identifierStart(sql.charAt(at + 1))) {
      int afterFirst = at;
      at++;
      String second = identifier();
      Relation renamed = names.get(new Relation(first, second));
      if (renamed == null) {
        out.append(column(first, firstText)).append(sql, afterFirst, at);
      } else {
        out.append(renamed.quoted());
        if (!renamed.name().equals(second) && queries.namedByItself(at)) {
          out.append(" AS ").append(Relation.quote(second));
        }
        if (policy && own == null && before.equals("ON")) {
          old = new Relation(first, second);
          own = renamed;
        }
      }
      while (next(0) == '.' && at + 1 < sql.length() && identifierStart(sql.charAt(at + 1))) {
        int rest = at;
        at++;
        identifier();
        out.append(sql, rest, at);
      }
      return "";
    }
    boolean names =
        before.equals("CONSTRAINT")
            || before.equals("INDEX")
            || (before.equals("ON") && out.toString().endsWith(" CLUSTER ON "));
    if (names && indexes.containsKey(first)) {
      out.append(Relation.quote(indexes.get(first)));
      return "";
    }
    out.append(next(0) == '.' ? column(first, firstText) : firstText);
    return firstText;
  }

  /** What stands before a column: the name of a policy's own table can have no alias. */
  private String column(String table, String asWritten) {
    return own != null && table.equals(old.name()) ? Relation.quote(own.name()) : asWritten;
  }

  private String identifier() {
    int start = at;
    if (sql.charAt(at) != '"') {
      while (at < sql.length()
          && ((identifierStart(sql.charAt(at)) && sql.charAt(at) != '"')
              || Character.isDigit(sql.charAt(at))
              || sql.charAt(at) == '$')) {
        at++;
      }
      return sql.substring(start, at);
    }
    at++;
    StringBuilder name = new StringBuilder();
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c != '"') {
        name.append(c);
      } else if (next(0) == '"') {
        name.append('"');
        at++;
      } else {
        break;
      }
    }
    return name.toString();
  }

  private void string(boolean escapes) {
    int start = escapes ? at - 1 : at;
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (escapes && c == '\\') {
        at++;
      } else if (c == '\'') {
        if (next(0) != '\'') {
          break;
        }
        at++;
      }
    }
    String text = sql.substring(start, at);
    boolean relation =
        sql.startsWith("::regclass", at) || sql.startsWith("::pg_catalog.regclass", at);
    if (relation && !escapes) {
      String content = text.substring(1, text.length() - 1).replace("''", "'");
      String renamed = replace(content, names, Map.of());
      out.append('\'').append(renamed.replace("'", "''")).append('\'');
    } else {
      out.append(text);
    }
  }

  /** Steps over a dollar-quoted string, if one stands here. */
  private boolean dollarQuote() {
    int end = at + 1;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
      end++;
    }
    if (end >= sql.length() || sql.charAt(end) != '$') {
      return false;
    }
    String tag = sql.substring(at, end + 1);
    int close = sql.indexOf(tag, end + 1);
    at = close < 0 ? sql.length() : close + tag.length();
    return true;
  }
}
