package dev.godwit.extractor.postgresql.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How large tables are on the server's disk; asked once, after they were locked. */
final class Sizes {
  private static final int GROUP = 2_000;
  private static final String SQL =
      """
      select c.oid::int8, pg_catalog.pg_table_size(c.oid),
        pg_catalog.pg_relation_size(c.oid)
          / pg_catalog.current_setting('block_size')::int8
      from pg_catalog.pg_class c where c.oid = any (?)
      """;

  private record Size(long bytes, long pages) {}

  private final Map<Integer, Size> sizes = new HashMap<>();

  private Sizes() {}

  static Sizes of(Connection connection, List<Relation> relations) throws SQLException {
    Sizes sizes = new Sizes();
    for (int from = 0; from < relations.size(); from += GROUP) {
      sizes.read(connection, relations.subList(from, Math.min(from + GROUP, relations.size())));
    }
    return sizes;
  }

  private void read(Connection connection, List<Relation> group) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      Object[] ids = group.stream().map(r -> Integer.toUnsignedLong(r.oid())).toArray();
      statement.setArray(1, connection.createArrayOf("oid", ids));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          sizes.put((int) rows.getLong(1), new Size(rows.getLong(2), rows.getLong(3)));
        }
      }
    }
  }

  /** With its large values that lie apart, without its indexes. */
  long bytes(Relation relation) {
    return of(relation).bytes;
  }

  /** Of its heap alone. */
  long pages(Relation relation) {
    return of(relation).pages;
  }

  private Size of(Relation relation) {
    return sizes.getOrDefault(relation.oid(), new Size(0, 0));
  }
}
