package dev.godwit.cli;

import dev.godwit.cli.command.Commands;
import dev.godwit.cli.command.Version;
import dev.godwit.cli.screen.ErrorText;
import dev.godwit.cli.screen.ReaderLeftException;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;

/** The program. */
public final class Godwit {
  private Godwit() {}

  /** Runs one command line and ends the process with its exit status. */
  public static void main(String[] arguments) {
    EarlyWork early = EarlyWork.begin(arguments);
    System.exit(run(Terminal.ofProcess(), early, arguments));
  }

  /**
   * Runs one command line.
   *
   * @return the exit status, one of {@link ExitCode}
   */
  public static int run(Terminal terminal, String... arguments) {
    return run(terminal, EarlyWork.none(), arguments);
  }

  private static int run(Terminal terminal, EarlyWork early, String... arguments) {
    boolean debug =
        Arrays.asList(arguments).contains("--debug")
            || !terminal.environment().getOrDefault("GODWIT_DEBUG", "").isEmpty();
    try {
      if (List.of("--version").equals(List.of(arguments))) {
        // Asked for by scripts, again and again: no need to describe all commands first.
        terminal.println(new Version().getVersion()[0]);
        terminal.flush();
        return ExitCode.DONE.status();
      }
      CommandLine commands = Commands.treeFor(terminal, arguments);
      commands.setExecutionStrategy(
          parsed -> {
            MistypedOptions.refuse(parsed);
            ExclusiveOptions.refuse(parsed);
            early.awaitLogs();
            return new CommandLine.RunLast().execute(parsed);
          });
      commands.setParameterExceptionHandler(new UsageErrors(terminal));
      AtomicBoolean told = new AtomicBoolean();
      commands.setExecutionExceptionHandler(
          (failure, command, parsed) -> {
            told.set(true);
            return failed(terminal, failure, debug);
          });
      PrintWriter help = new PrintWriter(terminal.out(), false, StandardCharsets.UTF_8);
      commands.setOut(help);
      int status = commands.execute(arguments);
      help.flush();
      if (!told.get()) { // what is full still would be told a second time
        flush(terminal);
      }
      return status;
    } catch (RuntimeException | Error failure) {
      return failed(terminal, failure, debug);
    }
  }

  /** A run that nobody listens to any more ends as it did. */
  private static void flush(Terminal terminal) {
    try {
      terminal.flush();
    } catch (UncheckedIOException e) {
      if (!ReaderLeftException.isBehind(e)) {
        throw e;
      }
    }
  }

  static int failed(Terminal terminal, Throwable failure, boolean debug) {
    if (ReaderLeftException.isBehind(failure)) {
      return ExitCode.DONE.status();
    }
    try {
      terminal.flush();
    } catch (UncheckedIOException e) {
      failure.addSuppressed(e);
    }
    ErrorText error = ErrorText.of(failure);
    error.print(terminal, failure, debug);
    return error.exitCode().status();
  }
}
