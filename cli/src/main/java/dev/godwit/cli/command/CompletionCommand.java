package dev.godwit.cli.command;

import dev.godwit.cli.completion.Completions;
import dev.godwit.cli.screen.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code godwit completion}. */
@Command(
    name = "completion",
    header = "Write the completion script of a shell.",
    footer = {
      "  source <(godwit completion bash)",
      "  godwit completion zsh > ~/.zfunc/_godwit",
      "  godwit completion fish > ~/.config/fish/completions/godwit.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells that are known. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Parameters(index = "0", paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    String script =
        switch (shell) {
          case bash -> Completions.bash(root);
          case zsh -> Completions.zsh(root);
          case fish -> Completions.fish(root);
        };
    terminal.println(script.stripTrailing());
    return 0;
  }
}
