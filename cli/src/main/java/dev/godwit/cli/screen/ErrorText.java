package dev.godwit.cli.screen;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;

/**
 * A failure as it is shown: one line that says what happened to which thing, and one that says what
 * to do.
 *
 * @param message one line, no secrets
 * @param hint what to do
 * @param exitCode the status that the process ends with
 */
public record ErrorText(String message, Optional<String> hint, ExitCode exitCode) {

  /** What is shown for a failure, expected or not. */
  public static ErrorText of(Throwable failure) {
    if (failure instanceof GodwitException known) {
      String message =
          switch (known.exitCode()) {
            case INTERRUPTED -> "interrupted";
            case TERMINATED -> "terminated";
            default -> String.valueOf(known.getMessage());
          };
      return new ErrorText(message, known.hint(), known.exitCode());
    }
    if (failure instanceof OutOfMemoryError) {
      return new ErrorText(
          "out of memory: " + failure.getMessage(),
          Optional.of("give it more with GODWIT_JAVA_OPTS=-Xmx1g, or use fewer --jobs"),
          ExitCode.FAILED);
    }
    Optional<UnwrittenException> unwritten = UnwrittenException.behind(failure);
    if (unwritten.isPresent()) {
      return new ErrorText(
          unwritten.get().getMessage(),
          Optional.of("what is written of it is not whole"),
          ExitCode.FAILED);
    }
    String what = failure.getClass().getSimpleName();
    String message = failure.getMessage() == null ? what : what + ": " + failure.getMessage();
    return new ErrorText(
        "unexpected failure: " + message,
        Optional.of("run again with --debug to see where, and please report it"),
        ExitCode.FAILED);
  }

  /** Safe for a screen: one line each, nothing secret. */
  public ErrorText {
    message = Printable.line(Redaction.of(message.strip().replaceAll("\\s*\\R\\s*", "; ")));
    hint = hint.map(h -> Printable.line(Redaction.of(h.strip().replaceAll("\\s*\\R\\s*", "; "))));
  }

  /** Prints the lines, and with {@code debug} where it happened. */
  public void print(Terminal terminal, Throwable failure, boolean debug) {
    String red = terminal.colourErr() ? "\u001b[31m" : "";
    String plain = terminal.colourErr() ? "\u001b[0m" : "";
    terminal.err().println(red + "godwit: " + plain + message);
    hint.ifPresent(h -> terminal.err().println("hint: " + h));
    if (debug) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      terminal.err().print(Redaction.of(trace.toString()));
    }
  }
}
