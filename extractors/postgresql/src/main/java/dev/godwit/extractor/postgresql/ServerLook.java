package dev.godwit.extractor.postgresql;

import dev.godwit.extractor.postgresql.read.ReadFailure;
import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.StoreInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a first look at a server shows.
 *
 * @param info engine, version, identity
 * @param version as a number, such as 180001
 * @param databases those that the URI names: one, or all that can be connected to and are no
 *     templates
 */
record ServerLook(StoreInfo info, int version, List<String> databases) {
  private static final int OLDEST = 100_000;
  private static final String NOT_PERMITTED = "42501";

  static ServerLook at(Sessions sessions, PluginContext context) {
    try (Session session =
        sessions.database().isEmpty()
            ? anyDatabase(sessions)
            : sessions.openSession(sessions.database())) {
      String version = list(session, "show server_version").get(0);
      if (session.serverVersion() < OLDEST) {
        throw new GodwitException(
            ExitCode.FAILED,
            sessions.display() + " runs PostgreSQL " + version,
            "versions 10 and newer are read");
      }
      return new ServerLook(
          new StoreInfo(
              "postgresql", version.split(" ", 2)[0], identity(session, sessions, context)),
          session.serverVersion(),
          databases(session, sessions));
    } catch (SQLException e) {
      throw new ReadFailure(context.cancellation(), sessions.display())
          .of("the server's catalogue", e);
    }
  }

  private static Session anyDatabase(Sessions sessions) {
    try {
      return sessions.openSession("postgres");
    } catch (GodwitException e) {
      try {
        return sessions.openSession("template1");
      } catch (GodwitException again) {
        e.addSuppressed(again);
        throw e;
      }
    }
  }

  private static List<String> databases(Session session, Sessions sessions) throws SQLException {
    if (!sessions.database().isEmpty()) {
      return List.of(sessions.database());
    }
    List<String> databases =
        list(
            session,
            "select datname from pg_catalog.pg_database"
                + " where datallowconn and not datistemplate order by datname");
    if (databases.isEmpty()) {
      throw new GodwitException(ExitCode.FAILED, sessions.display() + " has no database", null);
    }
    return databases;
  }

  /**
   * The system identifier, made when the cluster was made, shared by its standbys. Where the role
   * may not ask for it, the address stands in, which is stable as long as the URI is.
   */
  private static String identity(Session session, Sessions sessions, PluginContext context)
      throws SQLException {
    try {
      return list(session, "select system_identifier::text from pg_catalog.pg_control_system()")
          .get(0);
    } catch (SQLException e) {
      if (!NOT_PERMITTED.equals(e.getSQLState())) {
        throw e;
      }
      context
          .warnings()
          .accept(
              sessions.display()
                  + " does not show its system identifier to user '"
                  + sessions.user()
                  + "': its backups go by this address (grant execute on function"
                  + " pg_control_system(), or give --source)");
      return sessions.display();
    }
  }

  private static List<String> list(Session session, String sql) throws SQLException {
    List<String> list = new ArrayList<>();
    try (Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        list.add(rows.getString(1));
      }
    }
    return list;
  }
}
