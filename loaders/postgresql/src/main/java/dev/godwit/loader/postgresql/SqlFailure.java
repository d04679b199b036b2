package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says what the server refused, and at which thing. */
final class SqlFailure {
  /** Classes of SQLSTATE: connection, insufficient resources, intervention, system error. */
  private static final List<String> OF_SERVER = List.of("08", "53", "57", "58", "25006");

  /** Where the server's code says so, in whatever language its messages are. */
  private static final String LOADING_LIBRARY = "internal_load_library";

  /** Characters of a definition that an error shows. */
  private static final int SHOWN = 500;

  private SqlFailure() {}

  /**
   * The failure in one line.
   *
   * @param doing what was being done, such as {@code cannot make table public.orders}
   * @throws dev.godwit.spi.error.CancelledException if the run was cancelled: then that is why
   */
  static GodwitException of(String doing, SQLException e, Cancellation cancellation) {
    return of(doing, e, "", cancellation);
  }

  private static GodwitException of(
      String doing, SQLException e, String more, Cancellation cancellation) {
    cancellation.check();
    return new GodwitException(ExitCode.FAILED, doing + ": " + said(e) + more, hint(e), e);
  }

  /**
   * The failure to make an object, with its definition.
   *
   * @param definition as it may be shown
   */
  static GodwitException of(
      SchemaObject object, String definition, SQLException e, Cancellation cancellation) {
    String shown = definition.strip().replaceAll("\\s+", " ");
    return of(
        "cannot make " + object.kind() + " " + object.name(),
        e,
        ", in "
            + object.id()
            + ": "
            + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + " ..." : shown),
        cancellation);
  }

  /** Whether a failure is of the server or of the run, so that everything else would fail too. */
  static boolean endsAll(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return e.getSQLState() == null
        || (OF_SERVER.stream().anyMatch(state::startsWith) && !isOfLibrary(e));
  }

  /**
   * Whether a library of functions is not there or cannot be loaded: the state is then that of
   * whatever the system said last.
   */
  private static boolean isOfLibrary(SQLException e) {
    return e instanceof PSQLException p
        && p.getServerErrorMessage() != null
        && LOADING_LIBRARY.equals(p.getServerErrorMessage().getRoutine());
  }

  /** Whether a failure comes of what another session did at that moment. */
  static boolean isMeeting(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("40")
        || (state.equals("XX000") && String.valueOf(e.getMessage()).contains("tuple concurrently"));
  }

  /** What the server said, in one line. */
  static String said(SQLException e) {
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
      return "look whether the server runs";
    }
    return state.equals("53100") ? "make room on the server's disk" : null;
  }
}
