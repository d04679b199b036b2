package dev.godwit.cli.command;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code godwit key}: a group of commands. */
@Command(
    name = "key",
    header = "Make keys, and say who may read a vault.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    description = {
      "An encrypted vault is read with an identity, a file that 'godwit key new' makes, or with a"
          + " passphrase. Keys come and go without writing what was backed up anew.",
      "A host that backs up needs only a writer key, which reads nothing."
    },
    footer = {
      "  godwit key new ~/godwit.identity",
      "  godwit key list /srv/vault",
      "  godwit key add /srv/vault --recipient godwit1... --identity ~/godwit.identity",
      "  godwit key remove /srv/vault 3f2a --identity ~/godwit.identity",
      "  godwit key writer /srv/vault other-host.key --identity ~/godwit.identity"
    })
final class KeyCommand implements Callable<Integer> {
  /** Each command of the group by its name, in the order in which the help names them. */
  static final Map<String, Function<Terminal, Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("new", KeyNewCommand::new);
    COMMANDS.put("list", KeyListCommand::new);
    COMMANDS.put("add", KeyAddCommand::new);
    COMMANDS.put("remove", KeyRemoveCommand::new);
    COMMANDS.put("writer", KeyWriterCommand::new);
  }

  @Spec private CommandSpec spec;

  private final Terminal terminal;

  KeyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The group with its commands. */
  static CommandLine group(Terminal terminal) {
    CommandLine group = new CommandLine(new KeyCommand(terminal));
    COMMANDS.forEach((name, command) -> group.addSubcommand(name, command.apply(terminal)));
    return group;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(terminal.err(), spec.commandLine().getColorScheme());
    return ExitCode.USAGE.status();
  }
}
