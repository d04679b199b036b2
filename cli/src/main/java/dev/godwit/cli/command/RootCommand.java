package dev.godwit.cli.command;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code godwit} by itself. */
@Command(
    name = "godwit",
    header = "Backs up databases, and puts them back.",
    synopsisHeading = "%nUsage: ",
    synopsisSubcommandLabel = "COMMAND",
    descriptionHeading = "%n",
    description = {
      "Reads a database at one consistent instant, keeps its records compressed and without"
          + " repetition in a vault, and restores all of it or a part."
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  godwit demo                                       see it all work in a minute",
      "  godwit backup --init postgresql://me@host/shop /srv/vault",
      "  godwit list /srv/vault",
      "  godwit restore --create /srv/vault postgresql://me@host/shop_copy",
      "",
      "'godwit help COMMAND' tells more."
    })
final class RootCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private final Terminal terminal;

  RootCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(terminal.err(), spec.commandLine().getColorScheme());
    return ExitCode.USAGE.status();
  }
}
