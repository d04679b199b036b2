package dev.godwit.extractor.mongodb.session;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.store.Role;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Says why a server refused something, by its error codes.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/error-codes/">Error Codes</a>
 */
public final class ServerFailure {
  /** Not allowed. */
  public static final int UNAUTHORIZED = 13;

  /** No such command. */
  public static final int NO_COMMAND = 59;

  /** The past that a snapshot shows is no longer kept. */
  public static final int SNAPSHOT_TOO_OLD = 239;

  /** The instant cannot be shown: a collection or an index was changed after it. */
  public static final int SNAPSHOT_UNAVAILABLE = 246;

  /** How the driver tells, of each server that it looked for, why it was not reached. */
  private static final Pattern CAUSE = Pattern.compile("caused by \\{[\\w.$]+: ([^{}]+)\\}");

  private static final int AUTHENTICATION = 18;
  private static final int CURSOR_NOT_FOUND = 43;
  private static final int NAMESPACE_DROPPED = 175;

  private final Role role;
  private final String host;
  private final boolean login;
  private final Cancellation cancellation;

  /**
   * Failures of a server.
   *
   * @param login whether the address says who logs in
   */
  ServerFailure(Role role, String host, boolean login, Cancellation cancellation) {
    this.role = role;
    this.login = login;
    this.host = host;
    this.cancellation = cancellation;
  }

  /**
   * A failure to do something, to be thrown.
   *
   * @param doing such as {@code cannot read shop.orders}
   * @throws dev.godwit.spi.error.CancelledException instead, if the run was cancelled
   */
  public GodwitException of(String doing, Exception e) {
    cancellation.check();
    if (e instanceof GodwitException known) {
      return known;
    }
    if (e instanceof MongoSecurityException) {
      return new GodwitException(
          role.unreachable(),
          host + " did not let the user in: " + told(e.getCause() == null ? e : e.getCause()),
          "check user and password, and authSource: the user is looked for in the database that the"
              + " address names, else in admin",
          e);
    }
    if (e instanceof MongoTimeoutException || e instanceof MongoSocketException) {
      return unreachable(doing, e);
    }
    int code = e instanceof MongoException known ? known.getCode() : 0;
    if (code == UNAUTHORIZED && !login) {
      return new GodwitException(
          role.unreachable(),
          host + " lets nobody do that without a login: " + told(e),
          "name a user, as in mongodb://user@host/database",
          e);
    }
    return new GodwitException(
        code == AUTHENTICATION ? role.unreachable() : ExitCode.FAILED,
        doing + ": " + told(e),
        hint(code),
        e);
  }

  /** A failure to reach the server at all. */
  GodwitException unreachable(String doing, Exception e) {
    Optional<MongoSecurityException> login = cause(e, MongoSecurityException.class);
    if (login.isPresent()) {
      return of(doing, login.get());
    }
    boolean encrypted =
        cause(e, SSLException.class).isPresent()
            || String.valueOf(e.getMessage()).contains("SSLHandshake");
    return new GodwitException(
        role.unreachable(),
        encrypted
            ? host + ": no encrypted connection"
            : host + " cannot be reached, or the connection was lost: " + told(e),
        encrypted
            ? "check tls and the server's certificate; tlsCAFile names who may vouch for it"
            : "check host and port, and that the server runs; serverSelectionTimeoutMS says how long"
                + " to wait",
        e);
  }

  private static String hint(int code) {
    return switch (code) {
      case UNAUTHORIZED ->
          "give the user the role backup, or readAnyDatabase, to read; readWrite and dbAdmin to"
              + " write, and restore too for users and roles";
      case SNAPSHOT_TOO_OLD ->
          "the server keeps the past for a while only; let it keep more, on each member:"
              + " db.adminCommand({setParameter: 1, minSnapshotHistoryWindowInSeconds: 3600});"
              + " or give each partition an instant of its own with ?consistency=partition";
      case SNAPSHOT_UNAVAILABLE ->
          "a collection or an index was changed after the instant of the backup; run again";
      case CURSOR_NOT_FOUND, NAMESPACE_DROPPED -> "run again";
      default -> null;
    };
  }

  private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> kind) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return Optional.of(kind.cast(at));
      }
    }
    return Optional.empty();
  }

  /** One line of what the server or the driver said. */
  public static String told(Throwable e) {
    String text = e instanceof MongoCommandException told ? told.getErrorMessage() : e.getMessage();
    return text == null || text.isBlank() ? e.getClass().getSimpleName() : told(text);
  }

  /**
   * One line of what the server said. Where no server was found in time, the driver tells of its
   * selectors first and of what happened to each server far behind.
   */
  public static String told(String text) {
    Matcher cause = CAUSE.matcher(text);
    if (text.startsWith("Timed out while waiting for a server") && cause.find()) {
      return cause.group(1);
    }
    int details = text.indexOf("Client view of cluster state");
    String line = (details > 0 ? text.substring(0, details) : text).lines().findFirst().orElse("");
    line = line.strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
