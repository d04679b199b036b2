package dev.godwit.cli.progress;

import dev.godwit.cli.screen.Terminal;

/** Chooses how a run is shown. */
public final class RunViews {
  private RunViews() {}

  /**
   * A bar on a terminal, a line now and then elsewhere.
   *
   * @param title what is going on, one word
   */
  public static RunView forPeople(Terminal terminal, String title) {
    return terminal.errIsTerminal()
            && !terminal.environment().getOrDefault("TERM", "").equals("dumb")
        ? new BarView(terminal, title)
        : new LineView(terminal, title);
  }

  /** Warnings and the outcome, no progress. */
  public static RunView plain(Terminal terminal) {
    return new PlainView(terminal);
  }

  /** Nothing, unless something is wrong. */
  public static RunView quiet(Terminal terminal) {
    return new QuietView(terminal);
  }

  /** JSON lines on stdout. */
  public static RunView json(Terminal terminal, String command) {
    return new JsonView(terminal, command);
  }
}
