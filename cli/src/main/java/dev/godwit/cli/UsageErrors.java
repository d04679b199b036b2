package dev.godwit.cli;

import dev.godwit.cli.screen.ErrorText;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells what is wrong with a command line, in one line and a hint, and what may have been meant.
 */
final class UsageErrors implements IParameterExceptionHandler {
  private final Terminal terminal;

  UsageErrors(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String help = "see '" + command.getCommandSpec().qualifiedName() + " --help'";
    ErrorText error =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched, arguments, help)
            : new ErrorText(message(failure), Optional.of(help), ExitCode.USAGE);
    boolean repeats =
        failure instanceof UnmatchedArgumentException unmatched
            && unmatched.getUnmatched().stream().anyMatch(UsageErrors::isOfAddress);
    error.print(terminal, failure, !repeats && List.of(arguments).contains("--debug"));
    return ExitCode.USAGE.status();
  }

  /** Whether it may hold a part of a password that nobody could tell: of one with blanks. */
  private static boolean isOfAddress(String argument) {
    return argument.contains("@")
        && (!argument.contains("://") || argument.chars().anyMatch(Character::isWhitespace));
  }

  private static ErrorText unmatched(
      UnmatchedArgumentException failure, String[] arguments, String help) {
    String word = failure.getUnmatched().get(0);
    CommandLine command = failure.getCommandLine();
    boolean atRoot = !command.getSubcommands().isEmpty();
    if (!atRoot && isOfAddress(word)) {
      return new ErrorText(
          "more arguments than there may be, one of them an address or a part of one",
          Optional.of("quote an address, and write a blank in it as %20; " + help),
          ExitCode.USAGE);
    }
    String what =
        word.startsWith("-")
            ? "unknown option '" + word + "'"
            : (atRoot ? "unknown command '" : "unexpected argument '") + word + "'";
    return new ErrorText(
        what,
        Optional.of(
            Suggestion.of(word, command)
                .map(meant -> "did you mean '" + meant + "'? " + help)
                .or(() -> apart(command, List.of(arguments), word).map(how -> how + "; " + help))
                .orElse(help)),
        ExitCode.USAGE);
  }

  /**
   * What may stand behind an option, or not, is a word of its own unless it is tied to it; so is
   * what looks like another option.
   */
  private static Optional<String> apart(CommandLine command, List<String> arguments, String word) {
    return command.getCommandSpec().options().stream()
        .filter(option -> option.arity().max() == 1 && !option.typeInfo().isBoolean())
        .filter(
            option -> {
              int at = arguments.indexOf(option.longestName());
              boolean ahead = at >= 0 && arguments.indexOf(word) == at + 1;
              return at >= 0 && (ahead || option.arity().min() == 0);
            })
        .map(option -> "a value is tied to " + option.longestName() + " with =")
        .findFirst();
  }

  private static String message(ParameterException failure) {
    String text = String.valueOf(failure.getMessage()).strip();
    text = text.replaceFirst("' is not an? (int|long)$", "' is no whole number, or one too large");
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
