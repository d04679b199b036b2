package dev.godwit.cli;

import dev.godwit.cli.screen.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One command line, run in this JVM through the program's own entry.
 *
 * @param status the exit status
 * @param out what was written to stdout
 * @param err what was written to stderr
 */
public record Invocation(int status, String out, String err) {

  /** Runs with no environment, not at a terminal. */
  public static Invocation of(String... arguments) {
    return in(Map.of(), arguments);
  }

  /** Runs with these variables, not at a terminal. */
  public static Invocation in(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = terminal(out, err, environment);
    int status = Godwit.run(terminal, arguments);
    return new Invocation(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs with its output going elsewhere; {@link #out} is empty. */
  public static Invocation onto(OutputStream out, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Godwit.run(terminal(out, err, Map.of()), arguments);
    return new Invocation(status, "", err.toString(StandardCharsets.UTF_8));
  }

  /** A terminal that is none, over these streams. */
  public static Terminal terminal(
      OutputStream out, ByteArrayOutputStream err, Map<String, String> environment) {
    PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Terminal(out, messages, environment, false, false, false, 80);
  }

  /** The lines of stderr. */
  public List<String> errorLines() {
    return err.lines().toList();
  }
}
