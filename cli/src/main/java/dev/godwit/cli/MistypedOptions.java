package dev.godwit.cli;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Finds options that are none and would go by as values of the option ahead of them: with {@code
 * --keep-tag --dry-rum} a prune would be carried out. What merely begins with a dash is a value,
 * such as {@code --zone -05:00}, and so is whatever is tied to its option with an equals sign.
 */
final class MistypedOptions {
  private static final Pattern OPTION = Pattern.compile("--[A-Za-z][A-Za-z-]*(=.*)?|-[A-Za-z]");

  private MistypedOptions() {}

  /**
   * Refuses them.
   *
   * @throws UnmatchedArgumentException for the first of them
   */
  static void refuse(ParseResult parsed) {
    List<CommandLine> commands = parsed.asCommandLineList();
    CommandLine command = commands.get(commands.size() - 1);
    List<String> arguments = parsed.originalArgs();
    for (int i = 1; i < arguments.size(); i++) {
      String ahead = arguments.get(i - 1);
      if (ahead.equals("--")) {
        return;
      }
      if (OPTION.matcher(arguments.get(i)).matches() && takesValue(command, ahead)) {
        throw new UnmatchedArgumentException(command, List.of(arguments.get(i)));
      }
    }
  }

  private static boolean takesValue(CommandLine command, String name) {
    var option = command.getCommandSpec().findOption(name);
    return name.startsWith("-") && option != null && option.arity().min() > 0;
  }
}
