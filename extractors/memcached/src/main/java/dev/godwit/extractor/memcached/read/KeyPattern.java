package dev.godwit.extractor.memcached.read;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which keys are read: {@code *} stands for any bytes, {@code ?} for one, {@code [a-z]} and {@code
 * [^a-z]} for one of or not of some, a backslash makes the next character stand for itself.
 */
final class KeyPattern implements Predicate<byte[]> {
  private final Pattern pattern;

  /**
   * Reads a pattern.
   *
   * @throws GodwitException {@code USAGE} where brackets are open or empty
   */
  KeyPattern(String glob) {
    String bytes = new String(glob.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    StringBuilder regex = new StringBuilder();
    boolean inBrackets = false;
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (c == '\\' && i + 1 < bytes.length()) {
        regex.append(literal(bytes.charAt(++i)));
      } else if (inBrackets) {
        inBrackets = c != ']';
        boolean meant = c == ']' || c == '-' || (c == '^' && bytes.charAt(i - 1) == '[');
        regex.append(meant ? String.valueOf(c) : literal(c));
      } else if (c == '[') {
        inBrackets = true;
        regex.append(c);
      } else {
        regex.append(c == '*' ? ".*" : c == '?' ? "." : literal(c));
      }
    }
    try {
      this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "no pattern of keys: " + glob,
          "write such as session:* or page:[0-9]?, and \\[ for a bracket that is meant",
          e);
    }
  }

  private static String literal(char c) {
    return String.format("\\x%02x", (int) c);
  }

  @Override
  public boolean test(byte[] key) {
    return pattern.matcher(new String(key, StandardCharsets.ISO_8859_1)).matches();
  }
}
