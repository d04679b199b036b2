package dev.godwit.mapping.keyvalue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How the key of a record is made: text, and between braces names of columns or paths in a
 * document, such as {@code customer:{id}}. A brace itself is written twice.
 *
 * <p>Two records never make one key by accident: between two columns there is text, and no value
 * but that of the last column holds the character that this text begins with. So each key can be
 * taken apart again, in just one way.
 *
 * @param literals the texts before, between and after the columns, one more than there are columns
 * @param columns names of columns, each once
 */
public record KeyTemplate(List<String> literals, List<String> columns) {
  private static final String SEPARATOR = ":";

  /** Copies the lists. */
  public KeyTemplate {
    literals = List.copyOf(literals);
    columns = List.copyOf(columns);
  }

  /** The template where none was given: the dataset's name and its key, with colons between. */
  public static KeyTemplate byDefault(String name, List<String> key) {
    List<String> literals = new ArrayList<>();
    literals.add(name + SEPARATOR);
    key.stream().skip(1).forEach(column -> literals.add(SEPARATOR));
    literals.add("");
    return new KeyTemplate(literals, key);
  }

  /** Whether a text is meant as a template: it has a brace. */
  public static boolean isMeant(String text) {
    return text.indexOf('{') >= 0 || text.indexOf('}') >= 0;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException with the reason, for people
   */
  public static KeyTemplate parse(String text) {
    List<String> literals = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean twice = at + 1 < text.length() && text.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && twice) {
        literal.append(c);
        at++;
      } else if (c == '}') {
        throw new IllegalArgumentException("a closing brace stands alone; as text it is }}");
      } else if (c == '{') {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("a brace is left open; as text it is {{");
        }
        literals.add(literal.toString());
        literal.setLength(0);
        columns.add(text.substring(at + 1, end));
        at = end;
      } else {
        literal.append(c);
      }
    }
    literals.add(literal.toString());
    check(literals, columns);
    return new KeyTemplate(literals, columns);
  }

  private static void check(List<String> literals, List<String> columns) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("it names no column, and every record would have one key");
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).isEmpty()) {
        throw new IllegalArgumentException("nothing stands between its braces");
      } else if (columns.subList(0, i).contains(columns.get(i))) {
        throw new IllegalArgumentException("it names " + columns.get(i) + " twice");
      } else if (i > 0 && literals.get(i).isEmpty()) {
        throw new IllegalArgumentException(
            "nothing stands between %s and %s, so that 1 and 23 would make the key of 12 and 3"
                .formatted(columns.get(i - 1), columns.get(i)));
      }
    }
  }

  /**
   * Whether no key of one is a key of the other, whatever the records: their beginnings differ, or
   * their ends.
   */
  public boolean disjoint(KeyTemplate other) {
    String head = literals.get(0);
    String otherHead = other.literals.get(0);
    String tail = literals.get(literals.size() - 1);
    String otherTail = other.literals.get(other.literals.size() - 1);
    return !(head.startsWith(otherHead) || otherHead.startsWith(head))
        || !(tail.endsWith(otherTail) || otherTail.endsWith(tail));
  }

  /** Whether a key could have been made by it, going by its text alone. */
  public boolean couldMake(byte[] key) {
    int at = 0;
    int last = literals.size() - 1;
    byte[] tail = bytes(literals.get(last));
    int end = key.length - tail.length;
    for (int i = 0; i < last; i++) {
      byte[] literal = bytes(literals.get(i));
      int found = i == 0 ? (startsWith(key, 0, literal) ? 0 : -1) : find(key, at, literal);
      if (found < 0) {
        return false;
      }
      at = found + literal.length;
    }
    return at <= end && startsWith(key, end, tail);
  }

  private static int find(byte[] key, int from, byte[] literal) {
    for (int at = from; at <= key.length - literal.length; at++) {
      if (startsWith(key, at, literal)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean startsWith(byte[] key, int at, byte[] literal) {
    return at >= 0
        && key.length - at >= literal.length
        && java.util.Arrays.equals(key, at, at + literal.length, literal, 0, literal.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As it is written. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(escaped(literals.get(0)));
    for (int i = 0; i < columns.size(); i++) {
      text.append('{').append(columns.get(i)).append('}').append(escaped(literals.get(i + 1)));
    }
    return text.toString();
  }

  private static String escaped(String literal) {
    return literal.replace("{", "{{").replace("}", "}}");
  }
}
