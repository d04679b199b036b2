package dev.godwit.extractor.redis.session;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.store.Role;
import java.util.Locale;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Says why a server refused something, by the word that its error begins with.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP, simple
 *     errors</a>
 */
public final class RedisFailure {
  private final Role role;
  private final String host;
  private final Cancellation cancellation;

  RedisFailure(Role role, String host, Cancellation cancellation) {
    this.role = role;
    this.host = host;
    this.cancellation = cancellation;
  }

  /**
   * A failure to do something, to be thrown.
   *
   * @param doing such as {@code cannot read db0}
   * @param command the command that failed
   * @throws dev.godwit.spi.error.CancelledException instead, if the run was cancelled
   */
  public GodwitException of(String doing, String command, Exception e) {
    cancellation.check();
    if (e instanceof GodwitException known) {
      return known;
    }
    if (!(e instanceof JedisDataException)) {
      return lost(e);
    }
    String said = told(e);
    String word = said.contains(" ") ? said.substring(0, said.indexOf(' ')) : said;
    return switch (word) {
      case "NOPERM" ->
          said.contains("keys used as arguments") || said.contains("access a key")
              ? new GodwitException(
                  role.unreachable(),
                  doing + ": the user may not reach every key (" + command + ")",
                  "let the user reach them: ACL SETUSER name ~*",
                  e)
              : new GodwitException(
                  role.unreachable(),
                  doing + ": the user may not run " + command.toUpperCase(Locale.ROOT),
                  "let the user run it: ACL SETUSER name +" + command.toLowerCase(Locale.ROOT),
                  e);
      case "NOAUTH", "WRONGPASS" ->
          new GodwitException(
              role.unreachable(),
              host + " did not let the user in: " + said,
              "check user and password; one without a user is that of the user 'default'",
              e);
      case "OOM" ->
          new GodwitException(
              ExitCode.FAILED,
              doing + ": the memory of " + host + " is full (maxmemory)",
              "raise maxmemory, or load less with --include",
              e);
      case "DENIED" ->
          new GodwitException(
              role.unreachable(),
              host + " is in protected mode and lets in its own machine only",
              "give the server a password, or run Godwit where it runs",
              e);
      case "LOADING" -> loading(e);
      case "READONLY" ->
          new GodwitException(
              ExitCode.FAILED, doing + ": " + host + " is a replica", "name its primary", e);
      default ->
          new GodwitException(ExitCode.FAILED, doing + ": " + command + ": " + said, null, e);
    };
  }

  /**
   * The server has just started, and does not have its data yet.
   *
   * @param e what it answered; null where nothing was asked of it
   */
  GodwitException loading(Exception e) {
    return new GodwitException(
        role.unreachable(), host + " is still loading its data", "try again later", e);
  }

  /** A failure of the connection, at its beginning or later. */
  GodwitException lost(Exception e) {
    cancellation.check();
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof JedisDataException refused) {
        return atLogin(refused);
      }
      if (at instanceof SSLException) {
        return new GodwitException(
            role.unreachable(),
            host + ": no encrypted connection: " + told(at),
            "check that the server speaks TLS at this port; cacert=FILE names whom to trust",
            e);
      }
    }
    return new GodwitException(
        role.unreachable(),
        host + " cannot be reached, or the connection was lost: " + told(e),
        "check host and port, and that the server runs",
        e);
  }

  /** Servers before 6 know no users, and say that too many words came. */
  private GodwitException atLogin(JedisDataException e) {
    String doing = "cannot log in to " + host;
    GodwitException said = of(doing, "AUTH", e);
    if (said.exitCode() != ExitCode.FAILED) {
      return said;
    }
    return new GodwitException(
        role.unreachable(),
        doing + ": " + told(e),
        told(e).startsWith("ERR wrong number of arguments")
            ? "a server before 6 has no users: leave the user out of the URI"
            : "check user and password; a server that asks for none is given none",
        e);
  }

  /** One line of what the server or the driver said. */
  static String told(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String text = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("").strip();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
