package dev.godwit.cli.completion;

import picocli.AutoComplete;
import picocli.CommandLine;

/** The completion scripts of all shells that are known. */
public final class Completions {
  private Completions() {}

  /** For bash, by picocli. */
  public static String bash(CommandLine root) {
    return AutoComplete.bash("godwit", root);
  }

  /** For zsh: a {@code #compdef} function. */
  public static String zsh(CommandLine root) {
    return new ZshCompletion(root.getCommandSpec()).script();
  }

  /** For fish: {@code complete} commands. */
  public static String fish(CommandLine root) {
    return new FishCompletion(root.getCommandSpec()).script();
  }
}
