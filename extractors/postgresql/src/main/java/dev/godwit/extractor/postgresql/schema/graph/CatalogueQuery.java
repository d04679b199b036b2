package dev.godwit.extractor.postgresql.schema.graph;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the system catalogue of one connection. */
public final class CatalogueQuery {
  /** Rows that the driver fetches at a time, inside a transaction. */
  private static final int FETCHED = 2_000;

  private final Connection connection;
  private final int version;

  /** Asks through a connection, in the transaction that it is in. */
  public CatalogueQuery(Connection connection) {
    this.connection = connection;
    try {
      this.version = connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      throw new CatalogueFailure(e);
    }
  }

  /** Makes something of the current row. */
  @FunctionalInterface
  public interface Row<T> {
    /** What the row says; null leaves it out. */
    T read(ResultSet row) throws SQLException;
  }

  /** The server's major version, such as 15. */
  public int version() {
    return version;
  }

  /** The expression where the server is at least that version, else what stands in for it. */
  public String since(int major, String expression, String otherwise) {
    return version >= major ? expression : otherwise;
  }

  /** What the rows say. Collections of integers are given as arrays of object ids. */
  public <T> List<T> list(String sql, Row<T> row, Object... parameters) {
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
      throw new CatalogueFailure(e);
    }
  }

  /** What the rows say, by the object id in their column {@code oid}. */
  public <T> Map<Integer, T> map(String sql, Row<T> row, Object... parameters) {
    Map<Integer, T> found = new HashMap<>();
    list(
        sql,
        each -> {
          T one = row.read(each);
          return one == null ? null : found.put(oid(each, "oid"), one);
        },
        parameters);
    return found;
  }

  /**
   * What the server spells out of an object as it is now, whatever a snapshot shows.
   *
   * @throws GodwitException where the object was dropped since the snapshot
   */
  public static String spelt(ResultSet row, String column) throws SQLException {
    return spelt(row.getString(column));
  }

  static String spelt(String text) {
    if (text == null) {
      throw new GodwitException(
          ExitCode.FAILED,
          "a function, an index of a materialized view or the like was dropped before its definition"
              + " was read",
          "run again");
    }
    return text;
  }

  /** An object id, which PostgreSQL counts without sign. */
  public static int oid(ResultSet row, String column) throws SQLException {
    return (int) row.getLong(column);
  }
}
