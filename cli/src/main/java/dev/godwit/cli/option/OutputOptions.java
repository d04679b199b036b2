package dev.godwit.cli.option;

import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.progress.RunViews;
import dev.godwit.cli.screen.Terminal;
import picocli.CommandLine.Option;

/** How a command tells what it does. */
public final class OutputOptions {
  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing unless something is wrong.")
  private boolean quiet;

  @Option(
      names = "--json",
      description = "Write JSON to stdout: one document, or for a run one line for each event.")
  private boolean json;

  /** Whether data is wanted as JSON. */
  public boolean json() {
    return json;
  }

  /** Whether nothing but data is wanted. */
  public boolean quiet() {
    return quiet;
  }

  /** The view of a run that writes no data of its own. */
  public RunView runView(Terminal terminal, String command) {
    if (json) {
      return RunViews.json(terminal, command);
    }
    return quiet ? RunViews.quiet(terminal) : RunViews.forPeople(terminal, command);
  }

  /** The view of a long question: progress, and the answer when it is known. */
  public RunView workView(Terminal terminal, String command) {
    return quiet ? RunViews.quiet(terminal) : RunViews.forPeople(terminal, command);
  }

  /** The view of a command whose data goes to stdout: nothing is drawn over it. */
  public RunView questionView(Terminal terminal) {
    return quiet ? RunViews.quiet(terminal) : RunViews.plain(terminal);
  }
}
