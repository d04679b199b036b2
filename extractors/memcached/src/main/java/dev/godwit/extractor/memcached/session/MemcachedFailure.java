package dev.godwit.extractor.memcached.session;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.store.Role;
import java.io.EOFException;
import java.io.IOException;

/**
 * Says why a server refused something, by the line that it answered.
 *
 * @see <a href="https://github.com/memcached/memcached/blob/master/doc/protocol.txt">The protocol,
 *     error strings</a>
 */
public final class MemcachedFailure {
  private final Role role;
  private final String host;
  private final Cancellation cancellation;

  MemcachedFailure(Role role, String host, Cancellation cancellation) {
    this.role = role;
    this.host = host;
    this.cancellation = cancellation;
  }

  /** Whether a line tells of an error. */
  public static boolean isError(String line) {
    return line.startsWith("ERROR")
        || line.startsWith("CLIENT_ERROR")
        || line.startsWith("SERVER_ERROR");
  }

  /**
   * A refusal, to be thrown.
   *
   * @param doing such as {@code cannot list the keys of 127.0.0.1:11211}
   * @param line what the server answered
   * @throws dev.godwit.spi.error.CancelledException instead, if the run was cancelled
   */
  public GodwitException refused(String doing, String line) {
    cancellation.check();
    if (line.contains("unauthenticated") || line.contains("authentication failure")) {
      return new GodwitException(
          role.unreachable(),
          host + " did not let us in: " + told(line),
          "name user and password of the server's -Y file: memcached://user@host and"
              + " --password-command");
    } else if (line.contains("crawler disabled")) {
      return new GodwitException(
          ExitCode.FAILED,
          doing + ": its crawler, which lists them, is switched off",
          "switch it on with the server's command 'lru_crawler enable', or start it without -o"
              + " no_lru_crawler");
    } else if (line.contains("dump not allowed")) {
      return new GodwitException(
          ExitCode.FAILED,
          doing + ": the server does not let its keys be listed",
          "start it without -X (--disable-dumping)");
    } else if (line.contains("out of memory")) {
      return new GodwitException(
          ExitCode.FAILED,
          doing + ": the memory of " + host + " is full",
          "give the server more of it with -m");
    }
    return new GodwitException(ExitCode.FAILED, doing + ": " + told(line));
  }

  /** A failure of the connection, at its beginning or later. */
  public GodwitException lost(IOException e) {
    cancellation.check();
    return new GodwitException(
        role.unreachable(),
        host
            + " cannot be reached, or the connection was lost: "
            + (e instanceof EOFException ? "it closed the connection" : told(e.getMessage())),
        "check host and port, and that the server runs; one that wants SASL (-S) or TLS (-Z) is not"
            + " spoken to, one with a -Y file is",
        e);
  }

  /** What a server said, as a part of a line. */
  static String told(String said) {
    String line = String.valueOf(said).lines().findFirst().orElse("").strip();
    line = line.length() > 200 ? line.substring(0, 200) : line;
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
