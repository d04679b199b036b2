package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds who keeps a table from being read: a statement that changes it, or waits to. */
final class Blockers {
  private static final int SHOWN = 80;
  private static final String SQL =
      """
      select l.relation::int8, l.pid, l.granted, coalesce(a.query, '')
      from pg_catalog.pg_locks l left join pg_catalog.pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock'
        and l.database = (select oid from pg_catalog.pg_database
          where datname = pg_catalog.current_database())
        and l.relation = any (?) and l.pid <> pg_catalog.pg_backend_pid()
      order by l.granted desc, l.pid limit 1
      """;

  private Blockers() {}

  /**
   * The failure to lock one of some tables.
   *
   * @param session not in a transaction that failed
   * @param hint what to do beside waiting
   */
  static GodwitException failure(
      Session session, List<Relation> relations, String hint, Exception cause) {
    Optional<String> found = find(session, relations);
    String one = relations.size() == 1 ? relations.get(0).name() + "" : "a table";
    return new GodwitException(
        ExitCode.FAILED,
        found.orElse(one + " is being changed by someone else, and could not be locked"),
        "run again once the change is done" + hint,
        cause);
  }

  private static Optional<String> find(Session session, List<Relation> relations) {
    try (PreparedStatement statement = session.connection().prepareStatement(SQL)) {
      Object[] ids = relations.stream().map(r -> Integer.toUnsignedLong(r.oid())).toArray();
      statement.setArray(1, session.connection().createArrayOf("oid", ids));
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        int oid = (int) row.getLong(1);
        String name =
            relations.stream()
                .filter(r -> r.oid() == oid)
                .map(r -> r.name().toString())
                .findFirst()
                .orElse("a table");
        String doing = row.getString(4).strip().lines().findFirst().orElse("");
        return Optional.of(
            name
                + (row.getBoolean(3) ? " is being changed by" : " waits to be changed by")
                + " server process "
                + row.getInt(2)
                + (doing.isEmpty() ? "" : " (" + shortened(doing) + ")"));
      }
    } catch (SQLException e) {
      return Optional.empty(); // the failure to lock is told all the same
    }
  }

  private static String shortened(String query) {
    return query.length() <= SHOWN ? query : query.substring(0, SHOWN) + "...";
  }
}
