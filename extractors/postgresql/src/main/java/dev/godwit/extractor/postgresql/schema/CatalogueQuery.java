package dev.godwit.extractor.postgresql.schema;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Asks the system catalogue of one connection. */
final class CatalogueQuery {
  /** Rows that the driver fetches at a time, inside a transaction. */
  private static final int FETCHED = 2_000;

  private final Connection connection;
  private final int version;

  CatalogueQuery(Connection connection) {
    this.connection = connection;
    try {
      this.version = connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Makes something of the current row. */
  @FunctionalInterface
  interface Row<T> {
    /** What the row says; null leaves it out. */
    T read(ResultSet row) throws SQLException;
  }

  /** The server's major version, such as 15. */
  int version() {
    return version;
  }

  /** The expression where the server is at least that version, else what stands in for it. */
  String since(int major, String expression, String otherwise) {
    return version >= major ? expression : otherwise;
  }

  /** What the rows say. Collections of integers are given as arrays of object ids. */
  <T> List<T> list(String sql, Row<T> row, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCHED);
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i] instanceof Collection<?> ids) {
          Long[] unsigned =
              ids.stream().map(id -> Integer.toUnsignedLong((Integer) id)).toArray(Long[]::new);
          statement.setArray(i + 1, connection.createArrayOf("oid", unsigned));
        } else {
          statement.setObject(i + 1, parameters[i]);
        }
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          T one = row.read(rows);
          if (one != null) {
            found.add(one);
          }
        }
      }
      return found;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** An object id, which PostgreSQL counts without sign. */
  static int oid(ResultSet row, String column) throws SQLException {
    return (int) row.getLong(column);
  }

  private static GodwitException failed(SQLException e) {
    return new GodwitException(
        ExitCode.FAILED, "cannot read the database's catalogue: " + e.getMessage(), null, e);
  }
}
