package dev.godwit.cli.option;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import picocli.CommandLine.Option;

/** How many workers a run has. */
public final class JobsOption {
  private static final int MOST = 256;
  private static final int MOST_BY_DEFAULT = 8;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = {
        "Workers, and so connections (default: the cores, at most 8).",
        "Environment: GODWIT_JOBS."
      })
  private String jobs;

  /**
   * What the flag says, else the environment, else the cores of the machine.
   *
   * @throws GodwitException {@code USAGE} if that is no number from 1 to 256
   */
  public int jobs(Terminal terminal) {
    String variable = terminal.environment().getOrDefault("GODWIT_JOBS", "");
    String text = jobs != null ? jobs : variable;
    if (text.isEmpty() && jobs == null) {
      return Math.min(MOST_BY_DEFAULT, Runtime.getRuntime().availableProcessors());
    }
    if (!text.matches("[0-9]{1,3}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST) {
      throw new GodwitException(
          ExitCode.USAGE,
          (jobs != null ? "--jobs " : "GODWIT_JOBS=") + text + " is no number from 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }
}
