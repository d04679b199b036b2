package dev.godwit.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParseResult;

/**
 * Finds a secret that two options say, and two keys to read one vault with: only one of them would
 * be taken, and it may be the wrong one.
 */
final class ExclusiveOptions {
  private static final Pattern OF_FILE =
      Pattern.compile("(--(?:[a-z]+-)?(?:password|passphrase)-)file(-[ab])?");

  private static final Pattern OF_READER =
      Pattern.compile("(--(?:target-)?)passphrase-(?:file|command)");

  private ExclusiveOptions() {}

  /**
   * Refuses them.
   *
   * @throws MutuallyExclusiveArgsException for the first two
   */
  static void refuse(ParseResult parsed) {
    List<CommandLine> commands = parsed.asCommandLineList();
    CommandLine command = commands.get(commands.size() - 1);
    ParseResult given = command.getParseResult();
    for (var option : given.matchedOptions()) {
      Matcher file = OF_FILE.matcher(option.longestName());
      if (file.matches()) {
        refuse(command, option.longestName(), file.replaceFirst("$1command$2"));
      }
      Matcher reader = OF_READER.matcher(option.longestName());
      if (reader.matches()) {
        refuse(command, reader.replaceFirst("$1identity"), option.longestName());
      }
    }
  }

  private static void refuse(CommandLine command, String one, String other) {
    ParseResult given = command.getParseResult();
    if (given.hasMatchedOption(one) && given.hasMatchedOption(other)) {
      throw new MutuallyExclusiveArgsException(
          command, one + " and " + other + " exclude each other");
    }
  }
}
