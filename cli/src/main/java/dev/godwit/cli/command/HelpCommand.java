package dev.godwit.cli.command;

import dev.godwit.cli.screen.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code godwit help [COMMAND...]}. */
@Command(
    name = "help",
    header = "Tell about a command.",
    footer = {"  godwit help", "  godwit help restore", "  godwit help key add"})
final class HelpCommand implements Callable<Integer> {
  @Parameters(
      index = "0..*",
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command to tell about, such as restore or key add.")
  private List<String> words = List.of();

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  HelpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    CommandLine asked = root;
    for (String word : words) {
      CommandLine below = asked.getSubcommands().get(word);
      if (below == null) {
        throw new UnmatchedArgumentException(asked, List.of(word));
      }
      asked = below;
    }
    StringWriter text = new StringWriter();
    asked.usage(new PrintWriter(text), asked.getColorScheme());
    terminal.println(text.toString().stripTrailing());
    return 0;
  }
}
