package dev.godwit.cli.completion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What completion scripts say of commands and options. */
final class Words {
  private Words() {}

  /** The commands below the root, in their order. */
  static List<CommandSpec> commands(CommandSpec root) {
    return root.subcommands().values().stream().map(c -> c.getCommandSpec()).toList();
  }

  /** The commands of a group by name; empty for a command that is none. */
  static List<String> names(CommandSpec group) {
    return List.copyOf(group.subcommands().keySet());
  }

  /** The options of a command, or of all commands of a group, each once. */
  static Collection<OptionSpec> options(CommandSpec command) {
    Map<String, OptionSpec> options = new LinkedHashMap<>();
    commands(command).forEach(c -> c.options().forEach(o -> options.put(o.longestName(), o)));
    command.options().forEach(option -> options.put(option.longestName(), option));
    return options.values();
  }

  /** One line about a command, without its full stop. */
  static String about(CommandSpec command) {
    return plain(String.join(" ", command.usageMessage().header()));
  }

  /** One line about an option or parameter, without its full stop. */
  static String about(ArgSpec argument) {
    return argument.description().length == 0 ? "" : plain(argument.description()[0]);
  }

  private static String plain(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** The values that an argument takes, where they are few. */
  static List<String> values(ArgSpec argument) {
    List<String> values = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(values::add);
    }
    return values;
  }

  /** Whether the argument names a file or a folder. */
  static boolean isPath(ArgSpec argument) {
    return argument.paramLabel().equals("VAULT") || argument.paramLabel().equals("FILE");
  }

  /** Whether an option takes a value. */
  static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }
}
