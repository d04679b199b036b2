package dev.godwit.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParseResult;

/**
 * Finds a secret that two options say: only one of them would be taken, and it may be the wrong
 * one.
 */
final class ExclusiveOptions {
  private static final Pattern OF_FILE =
      Pattern.compile("(--(?:[a-z]+-)?(?:password|passphrase)-)file(-[ab])?");

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
        String other = file.replaceFirst("$1command$2");
        if (given.hasMatchedOption(other)) {
          throw new MutuallyExclusiveArgsException(
              command, option.longestName() + " and " + other + " exclude each other");
        }
      }
    }
  }
}
