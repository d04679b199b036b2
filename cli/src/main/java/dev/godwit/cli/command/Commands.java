package dev.godwit.cli.command;

import dev.godwit.cli.screen.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/** All commands, as one tree: parser, help, manual and completions are made of it. */
public final class Commands {
  /** The narrowest help that picocli can set. */
  private static final int NARROWEST = 55;

  private static final int WIDEST = 100;

  private Commands() {}

  /** The tree, its commands ready to run at this terminal. */
  public static CommandLine tree(Terminal terminal) {
    CommandLine root = new CommandLine(new RootCommand(terminal));
    root.addSubcommand(new InitCommand(terminal));
    root.addSubcommand(new BackupCommand(terminal));
    root.addSubcommand(new RestoreCommand(terminal));
    root.addSubcommand(new ListCommand(terminal));
    root.addSubcommand(new ShowCommand(terminal));
    root.addSubcommand(new CatCommand(terminal));
    root.addSubcommand(new CompareCommand(terminal));
    root.addSubcommand(new CheckCommand(terminal));
    root.addSubcommand(new DemoCommand(terminal));
    root.addSubcommand(new CompletionCommand(terminal));
    root.addSubcommand(new HelpCommand(terminal));
    root.getCommandSpec().addOption(version()).addOption(help());
    for (CommandLine command : root.getSubcommands().values()) {
      command.getCommandSpec().addOption(debug()).addOption(help());
      command
          .getCommandSpec()
          .usageMessage()
          .abbreviateSynopsis(true)
          .sortOptions(false)
          .synopsisHeading("%nUsage: ")
          .descriptionHeading("%n")
          .parameterListHeading("%nArguments:%n")
          .optionListHeading("%nOptions:%n")
          .footerHeading("%nExamples:%n");
    }
    root.setUsageHelpWidth(Math.max(NARROWEST, Math.min(terminal.screenColumns(), WIDEST)));
    // An argument is what it says: '@' begins no file, and a word no other word's beginning.
    root.setExpandAtFiles(false);
    root.setAbbreviatedOptionsAllowed(false);
    root.setUnmatchedOptionsAllowedAsOptionParameters(false);
    root.setColorScheme(
        Help.defaultColorScheme(terminal.colourOut() ? Help.Ansi.ON : Help.Ansi.OFF));
    return root;
  }

  private static OptionSpec version() {
    return OptionSpec.builder("-V", "--version")
        .versionHelp(true)
        .description("Show the version.")
        .build();
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help.")
        .build();
  }

  /** Looked for by the program itself, which must know before anything is parsed. */
  private static OptionSpec debug() {
    return OptionSpec.builder("--debug")
        .description("Show what happens inside, and where a failure arose.")
        .build();
  }
}
