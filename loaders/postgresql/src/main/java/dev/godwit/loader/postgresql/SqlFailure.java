package dev.godwit.loader.postgresql;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says what the server refused, and at which thing. */
final class SqlFailure {
  private SqlFailure() {}

  /**
   * The failure in one line.
   *
   * @param doing what was being done, such as {@code cannot make table public.orders}
   * @throws dev.godwit.spi.error.CancelledException if the run was cancelled: then that is why
   */
  static GodwitException of(String doing, SQLException e, Cancellation cancellation) {
    cancellation.check();
    return new GodwitException(ExitCode.FAILED, doing + ": " + said(e), hint(e), e);
  }

  private static String said(SQLException e) {
    ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    if (server == null) {
      return String.valueOf(e.getMessage()).replace('\n', ' ');
    }
    String where = server.getWhere();
    StringBuilder said = new StringBuilder(String.valueOf(server.getMessage()));
    if (server.getDetail() != null) {
      said.append(" (").append(server.getDetail()).append(')');
    }
    if (where != null && where.startsWith("COPY ")) {
      said.append(" at ").append(where.lines().findFirst().orElse(""));
    }
    return said.toString().replace('\n', ' ');
  }

  private static String hint(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("08") || state.startsWith("57P")) {
      return "once the server is back, go on with --resume";
    }
    return state.equals("53100")
        ? "make room on the server's disk, then go on with --resume"
        : "what was loaded is kept; mend the cause and go on with --resume";
  }
}
