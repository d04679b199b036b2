package dev.godwit.spi.name;

import java.util.ArrayList;
import java.util.List;

/**
 * The name of a dataset: a path such as database, schema, name. Parts may hold any character.
 *
 * <p>Written with dots between the parts. A part that is empty or holds a dot, a quote, a star, a
 * question mark, an equals sign, a comma or white space is put in double quotes, quotes inside
 * doubled: {@code shop.public."odd.name"}.
 *
 * @param parts the path, outermost first; at least one part
 */
public record DatasetName(List<String> parts) implements Comparable<DatasetName> {
  private static final String SPECIAL = ".\"*?=,";

  /** Copies the parts. */
  public DatasetName {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a dataset's name has at least one part");
    }
  }

  /** The name with these parts, outermost first. */
  public static DatasetName of(String... parts) {
    return new DatasetName(List.of(parts));
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if a quote is left open, or a part is empty and not quoted
   */
  public static DatasetName parse(String text) {
    List<String> parts = new ArrayList<>();
    for (QuotedParts.Part part : QuotedParts.split(text)) {
      parts.add(part.text());
    }
    return new DatasetName(parts);
  }

  /** The last part: the table's or collection's own name. */
  public String last() {
    return parts.get(parts.size() - 1);
  }

  // Written out, as the generated ones are linked at their first use, which takes 30 ms of a start.
  @Override
  public boolean equals(Object other) {
    return other instanceof DatasetName that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public int compareTo(DatasetName other) {
    int shared = Math.min(parts.size(), other.parts.size());
    for (int i = 0; i < shared; i++) {
      int order = parts.get(i).compareTo(other.parts.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(parts.size(), other.parts.size());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      if (text.length() > 0) {
        text.append('.');
      }
      boolean plain =
          !part.isEmpty()
              && part.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0 || Character.isWhitespace(c));
      text.append(plain ? part : '"' + part.replace("\"", "\"\"") + '"');
    }
    return text.toString();
  }
}
