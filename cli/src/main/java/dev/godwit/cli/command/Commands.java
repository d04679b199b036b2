package dev.godwit.cli.command;

import dev.godwit.cli.option.NamedFile;
import dev.godwit.cli.screen.Terminal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/** All commands, as one tree: parser, help, manual and completions are made of it. */
public final class Commands {
  /** The narrowest help that picocli can set. */
  private static final int NARROWEST = 55;

  private static final int WIDEST = 100;

  private Commands() {}

  /** Every command by its name, in the order in which the help names them. */
  private static final Map<String, Function<Terminal, Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("init", InitCommand::new);
    COMMANDS.put("backup", BackupCommand::new);
    COMMANDS.put("restore", RestoreCommand::new);
    COMMANDS.put("migrate", MigrateCommand::new);
    COMMANDS.put("list", ListCommand::new);
    COMMANDS.put("show", ShowCommand::new);
    COMMANDS.put("cat", CatCommand::new);
    COMMANDS.put("compare", CompareCommand::new);
    COMMANDS.put("check", CheckCommand::new);
    COMMANDS.put("repair", RepairCommand::new);
    COMMANDS.put("prune", PruneCommand::new);
    COMMANDS.put("pin", PinCommand::new);
    COMMANDS.put("unpin", UnpinCommand::new);
    COMMANDS.put("copy", CopyCommand::new);
    COMMANDS.put("export", ExportCommand::new);
    COMMANDS.put("audit", AuditCommand::new);
    COMMANDS.put("key", KeyCommand::group);
    COMMANDS.put("demo", DemoCommand::new);
    COMMANDS.put("completion", CompletionCommand::new);
    COMMANDS.put("help", HelpCommand::new);
  }

  /** What tells of other commands than itself. */
  private static final Set<String> TELL_OF_ALL = Set.of("help", "completion");

  /** The tree, its commands ready to run at this terminal. */
  public static CommandLine tree(Terminal terminal) {
    return tree(terminal, COMMANDS.keySet());
  }

  /**
   * As much of the tree as a command line needs: describing all commands takes a tenth of a second,
   * and where the first word names one of them no other can matter.
   */
  public static CommandLine treeFor(Terminal terminal, String... arguments) {
    boolean named =
        arguments.length > 0
            && COMMANDS.containsKey(arguments[0])
            && !TELL_OF_ALL.contains(arguments[0]);
    return named ? tree(terminal, Set.of(arguments[0])) : tree(terminal);
  }

  private static CommandLine tree(Terminal terminal, Set<String> names) {
    CommandLine root = new CommandLine(new RootCommand(terminal));
    for (String name : names) {
      root.addSubcommand(name, COMMANDS.get(name).apply(terminal));
    }
    root.getCommandSpec().addOption(version()).addOption(help());
    root.getSubcommands().values().forEach(Commands::dress);
    root.registerConverter(Path.class, new NamedFile());
    root.setHelpFactory(FlowingHelp::new);
    root.setUsageHelpWidth(Math.max(NARROWEST, Math.min(terminal.screenColumns(), WIDEST)));
    // An argument is what it says: '@' begins no file, and a word no other word's beginning.
    root.setExpandAtFiles(false);
    root.setAbbreviatedOptionsAllowed(false);
    root.setColorScheme(
        Help.defaultColorScheme(terminal.colourOut() ? Help.Ansi.ON : Help.Ansi.OFF));
    return root;
  }

  /** What all commands share, and those of a group. */
  private static void dress(CommandLine command) {
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
    command.getSubcommands().values().forEach(Commands::dress);
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
        .description("Show where in the program a failure arose.")
        .build();
  }
}
