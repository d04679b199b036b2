package dev.godwit.extractor.postgresql.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Pins what could colour a value, whatever server, database and role set by default. Settings that
 * a server does not have yet are passed over.
 */
final class SessionSettings {
  private static final Map<String, String> PINNED = new LinkedHashMap<>();

  static {
    PINNED.put("timezone", "UTC");
    PINNED.put("datestyle", "ISO, YMD");
    PINNED.put("intervalstyle", "postgres");
    PINNED.put("extra_float_digits", "3");
    PINNED.put("bytea_output", "hex");
    PINNED.put("xmloption", "content");
    PINNED.put("search_path", "");
    PINNED.put("row_security", "off");
    PINNED.put("statement_timeout", "0");
    PINNED.put("lock_timeout", "0");
    PINNED.put("transaction_timeout", "0");
    PINNED.put("idle_session_timeout", "0");
    PINNED.put("idle_in_transaction_session_timeout", "0");
    PINNED.put("lc_monetary", "C");
    PINNED.put("quote_all_identifiers", "off");
    PINNED.put("default_transaction_read_only", "off");
    // In our statements, in what the server spells out, and in definitions as they are made.
    PINNED.put("standard_conforming_strings", "on");
    PINNED.put("array_nulls", "on");
    // To compile a question to a catalogue takes seconds, to answer it milliseconds.
    PINNED.put("jit", "off");
    // Writers of one ledger would be refused for each other.
    PINNED.put("default_transaction_isolation", "read committed");
  }

  private static final String SQL =
      "select set_config(s.name, p.value, false) from (values "
          + PINNED.entrySet().stream()
              .map(e -> "('" + e.getKey() + "', '" + e.getValue() + "')")
              .collect(Collectors.joining(", "))
          + ") p (name, value) join pg_catalog.pg_settings s on lower(s.name) = p.name";

  /** Of these a reader would see other rows, or other texts of them. */
  private static final List<String> OF_WHAT_IS_READ =
      List.of(
          "timezone",
          "datestyle",
          "intervalstyle",
          "extra_float_digits",
          "bytea_output",
          "xmloption",
          "search_path",
          "row_security",
          "lc_monetary",
          "quote_all_identifiers",
          "standard_conforming_strings");

  /**
   * An expression in SQL: the names of the settings that colour what is read and are no more what
   * they were pinned to; an empty text if there are none.
   */
  static final String LOST =
      OF_WHAT_IS_READ.stream()
          .map(
              name ->
                  "case when pg_catalog.current_setting('%s') <> '%s' then '%s' end"
                      .formatted(name, PINNED.get(name), name))
          .collect(Collectors.joining(", ", "pg_catalog.concat_ws(', ', ", ")"));

  private SessionSettings() {}

  static void pin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SQL);
    }
  }
}
