package dev.godwit.extractor.postgresql.session;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Role;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says why a connection could not be made, in one line and a hint, by its SQLSTATE and cause. */
final class ConnectFailure {
  private static final String NO_LOGIN = "28";
  private static final String REJECTED = "08004";
  private static final String NO_DATABASE = "3D000";
  private static final String TOO_MANY = "53300";
  private static final String CLOSED = "42501";

  /** Shutting down, crashing, not accepting connections yet (PostgreSQL manual, "Error Codes"). */
  private static final Set<String> NOT_READY = Set.of("57P01", "57P02", "57P03");

  private static final String CHECK_TLS = "check sslmode, sslrootcert and the name of the host";

  private final Role role;
  private final String host;
  private final String user;
  private final String database;

  ConnectFailure(Role role, String host, String user, String database) {
    this.role = role;
    this.host = host;
    this.user = user;
    this.database = database;
  }

  /** Whether the server wants a password, or another one. */
  static boolean wantsPassword(SQLException e) {
    String state = state(e);
    return state.startsWith(NO_LOGIN)
        || (state.equals(REJECTED) && cause(e, SSLException.class) == null && !lacksTls(e));
  }

  /** The driver says so in words alone, with the state of a login that was refused. */
  private static boolean lacksTls(SQLException e) {
    return state(e).equals(REJECTED)
        && innermost(e) instanceof PSQLException failure
        && failure.getServerErrorMessage() == null
        && message(e).contains("SSL");
  }

  GodwitException explain(SQLException e, boolean passwordKnown) {
    String state = state(e);
    String message = message(e);
    if (state.startsWith(NO_LOGIN)) {
      return failure(
          host + " refused user '" + user + "': " + message,
          "check user and password (" + passwords() + ") and who the server lets in (pg_hba.conf)",
          e);
    }
    if (state.equals(NO_DATABASE)) {
      return failure(
          host + " has no database '" + database + "'",
          "check the name; a URI without a database means all of them",
          e);
    }
    if (cause(e, SSLException.class) != null || cause(e, GeneralSecurityException.class) != null) {
      return failure(host + ": no encrypted connection: " + message, CHECK_TLS, e);
    }
    if (lacksTls(e)) {
      return failure(
          host + ": no encrypted connection: " + message,
          "turn ssl on at the server; without sslmode encryption is used where there is any",
          e);
    }
    if (cause(e, UnknownHostException.class) != null) {
      return failure(host + ": the name of the host is not known", "check the name", e);
    }
    if (cause(e, SocketTimeoutException.class) != null) {
      return failure(
          host + " does not answer",
          "check host, port and firewall; connectTimeout says how long to wait",
          e);
    }
    if (cause(e, ConnectException.class) != null
        || cause(e, NoRouteToHostException.class) != null) {
      return failure(
          host + " cannot be reached: connection refused",
          "check host and port, and that the server runs",
          e);
    }
    if (state.equals(REJECTED) && !passwordKnown) {
      return failure(
          host + " did not let user '" + user + "' in: " + message,
          "give a password: " + passwords(),
          e);
    }
    if (state.equals(TOO_MANY)) {
      return failure(host + " takes no more connections: " + message, "use fewer --jobs", e);
    }
    if (NOT_READY.contains(state)) {
      return failure(host + " is not ready: " + message, "try again in a while", e);
    }
    if (state.equals(CLOSED)) {
      return failure(
          host + ", database '" + database + "': " + message,
          "grant connect on database " + database + " to the user",
          e);
    }
    return failure(
        host + ", database '" + database + "': " + message,
        state.startsWith("08") ? CHECK_TLS : null,
        e);
  }

  private GodwitException failure(String message, String hint, Throwable cause) {
    return new GodwitException(role.unreachable(), message, hint, cause);
  }

  private String passwords() {
    return "--password-file, GODWIT_"
        + role.name().toUpperCase(Locale.ROOT)
        + "_PASSWORD, PGPASSWORD, ~/.pgpass";
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  /** The first line of what the server or the driver said; details may hold data. */
  static String message(SQLException outer) {
    SQLException e = innermost(outer);
    ServerErrorMessage server =
        e instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
    String text = server != null && server.getMessage() != null ? server.getMessage() : null;
    if (text == null) {
      text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      if (e.getCause() != null && e.getCause().getMessage() != null && !text.contains(": ")) {
        text += " " + e.getCause().getMessage();
      }
    }
    String line = text.lines().findFirst().orElse("").strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  /** A factory of sockets is made by its name: which file it cannot read is told further in. */
  private static SQLException innermost(SQLException e) {
    SQLException known = cause(e.getCause(), SQLException.class);
    return known == null ? e : innermost(known);
  }

  private static <T extends Throwable> T cause(Throwable e, Class<T> kind) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return kind.cast(at);
      }
    }
    return null;
  }
}
