package dev.godwit.spi.name;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern over dataset names, matched part by part. In a part that is not quoted {@code *} stands
 * for any characters and {@code ?} for one. A pattern of fewer parts than the name is held against
 * the name's last parts: {@code orders} matches {@code shop.public.orders}.
 */
public final class DatasetPattern {
  private final String text;
  private final List<Pattern> parts;
  private final boolean literal;

  private DatasetPattern(String text, List<Pattern> parts, boolean literal) {
    this.text = text;
    this.parts = parts;
    this.literal = literal;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if a quote is left open, or a part is empty
   */
  public static DatasetPattern parse(String text) {
    List<QuotedParts.Part> parts = QuotedParts.split(text);
    return new DatasetPattern(
        text,
        parts.stream().map(DatasetPattern::compile).toList(),
        parts.stream().allMatch(p -> p.quoted() || !p.text().matches("(?s).*[*?].*")));
  }

  /** A pattern that matches this name, and names that end in its parts. */
  public static DatasetPattern exactly(DatasetName name) {
    return parse(
        name.parts().stream()
            .map(part -> '"' + part.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(".")));
  }

  private static Pattern compile(QuotedParts.Part part) {
    if (part.quoted()) {
      return Pattern.compile(Pattern.quote(part.text()), Pattern.DOTALL);
    }
    String regex =
        part.text()
            .codePoints()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  /** Whether the name matches. A pattern of more parts than the name never does. */
  public boolean matches(DatasetName name) {
    int skipped = name.parts().size() - parts.size();
    if (skipped < 0) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).matcher(name.parts().get(skipped + i)).matches()) {
        return false;
      }
    }
    return true;
  }

  /** Whether it spells names out, and no character of it stands for others. */
  public boolean isLiteral() {
    return literal;
  }

  /** The pattern of the last part alone. */
  public DatasetPattern last() {
    return new DatasetPattern(text, parts.subList(parts.size() - 1, parts.size()), literal);
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
