package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A flag's value of the form {@code name=value}, where the name may be quoted and hold an equals
 * sign: {@code "odd=name"=id > 3}.
 */
record Assignment(String name, String value) {
  /**
   * Splits all values of a flag. Of two with one name only the first would hold, and whoever wrote
   * the other would not know.
   *
   * @param hint for a name that comes twice
   * @throws GodwitException {@code USAGE} if one cannot be read, or a name comes twice
   */
  static List<Assignment> parseAll(String flag, List<String> texts, String example, String hint) {
    List<Assignment> parsed = texts.stream().map(text -> parse(flag, text, example)).toList();
    Set<String> names = new HashSet<>();
    for (Assignment one : parsed) {
      if (!names.add(one.name())) {
        throw new GodwitException(ExitCode.USAGE, flag + " names " + one.name() + " twice", hint);
      }
    }
    return parsed;
  }

  /**
   * Splits at the first equals sign outside of double quotes.
   *
   * @throws GodwitException {@code USAGE} if there is none, or nothing stands on one side
   */
  static Assignment parse(String flag, String text, String example) {
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '=' && !quoted) {
        if (at == 0 || at == text.length() - 1) {
          break;
        }
        return new Assignment(text.substring(0, at), text.substring(at + 1));
      }
    }
    throw new GodwitException(
        ExitCode.USAGE, "cannot read " + flag + " '" + text + "'", "write " + flag + " " + example);
  }
}
