package dev.godwit.extractor.postgresql.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
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
    // Writers of one ledger would be refused for each other.
    PINNED.put("default_transaction_isolation", "read committed");
  }

  private static final String SQL =
      "select set_config(s.name, p.value, false) from (values "
          + PINNED.entrySet().stream()
              .map(e -> "('" + e.getKey() + "', '" + e.getValue() + "')")
              .collect(Collectors.joining(", "))
          + ") p (name, value) join pg_catalog.pg_settings s on lower(s.name) = p.name";

  private SessionSettings() {}

  static void pin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SQL);
    }
  }
}
