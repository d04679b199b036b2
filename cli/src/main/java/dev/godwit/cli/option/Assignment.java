package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;

/**
 * A flag's value of the form {@code name=value}, where the name may be quoted and hold an equals
 * sign: {@code "odd=name"=id > 3}.
 */
record Assignment(String name, String value) {
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
