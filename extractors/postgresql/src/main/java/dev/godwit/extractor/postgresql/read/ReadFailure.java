package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.copy.ServerFailure;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueFailure;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/** Says why something could not be read, by the server's SQLSTATE ("Error Codes" of its manual). */
public final class ReadFailure {
  private final Cancellation cancellation;
  private final String host;

  /**
   * Failures of one run.
   *
   * @param host for people
   */
  public ReadFailure(Cancellation cancellation, String host) {
    this.cancellation = cancellation;
    this.host = host;
  }

  /**
   * A failure to read something, to be thrown.
   *
   * @param what was being read, such as {@code shop.public.orders}
   * @throws dev.godwit.spi.error.CancelledException instead, if the run was cancelled
   */
  public GodwitException of(Object what, Exception e) {
    cancellation.check();
    if (e instanceof CatalogueFailure catalogue) {
      return of(what, catalogue.sql());
    }
    if (e instanceof GodwitException known) {
      return known;
    }
    String state = state(e);
    String message = "cannot read " + what + ": " + firstLine(e);
    return new GodwitException(
        ExitCode.FAILED, lost(state) ? lostMessage(what, e) : message, hint(state), e);
  }

  private String lostMessage(Object what, Exception e) {
    return "the connection to " + host + " was lost while reading " + what + ": " + firstLine(e);
  }

  /** Whether the connection is gone. */
  static boolean lost(String state) {
    return state.isEmpty()
        || state.startsWith("08")
        || state.equals("57P01")
        || state.equals("57P02")
        || state.equals("57P03");
  }

  private static String hint(String state) {
    if (lost(state)) {
      return "run again once the server answers; its log says why it closed the connection";
    }
    return switch (state) {
      case "42501" ->
          "grant select on it, and bypassrls to the role where row-level security applies;"
              + " or leave it out with --exclude";
      case "40001" ->
          "this is a standby that had to go on: raise max_standby_streaming_delay or set"
              + " hot_standby_feedback, or read the primary";
      case "55P03" -> "someone changes a table that is read, or waits to; run again then";
      case "57014" -> "someone cancelled the statement on the server; run again";
      case "XX001", "XX002" ->
          "the table is damaged on the server; --keep-going saves what else there is";
      case "53200", "53100" -> "the server has run out of memory or disk";
      default -> null;
    };
  }

  /** The SQLSTATE of a failure; empty where the server gave none. */
  static String state(Exception e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof ServerFailure failure) {
        return failure.state();
      }
      if (at instanceof SQLException failure && failure.getSQLState() != null) {
        return failure.getSQLState();
      }
    }
    return "";
  }

  /** What the server said, its details left out: they may hold data. */
  static String firstLine(Exception e) {
    String text = e.getMessage();
    if (e instanceof PSQLException failure
        && failure.getServerErrorMessage() != null
        && failure.getServerErrorMessage().getMessage() != null) {
      text = failure.getServerErrorMessage().getMessage();
    }
    if (text == null) {
      return e.getClass().getSimpleName();
    }
    String line = text.lines().findFirst().orElse("").strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
