package dev.godwit.compare;

import dev.godwit.compare.Difference.Cell;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.transfer.hash.RowValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Keys with values, paired by their key. A key that has expired by now is no difference, nor is a
 * field of a hash that has. Of a stream, what only one side knows, because the other is older, is
 * not held against it, nor are the times at which consumers came by.
 */
record PairedKeys(PairedRows rows) implements PairedRecords {
  private static final List<String> COMMON =
      KeyValues.SCHEMA.getFields().stream().map(field -> field.getName()).toList();
  private static final int EXPIRES = KeyValues.EXPIRES;
  private static final int MOST = 1 << 16;
  private static final String STRING =
      "(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|\\{\"base64\":\"[^\"]*+\"\\})";
  private static final Pattern EXPIRING_FIELD =
      Pattern.compile("\\[" + STRING + "," + STRING + ",([0-9]+)\\],?");
  private static final List<String> MAYBE_UNKNOWN = List.of("deleted", "added", "read");
  private static final List<String> COMINGS = List.of("seen", "active");

  /** The values of a record, in the order of {@link KeyValues}. */
  private List<Object> values(byte[] record) {
    List<Object> values = RowValues.of(record, rows.columns().names().size());
    List<Object> ordered = new ArrayList<>();
    for (String name : COMMON) {
      ordered.add(values.get(rows.columns().names().indexOf(name)));
    }
    return ordered;
  }

  @Override
  public boolean gone(byte[] record) {
    List<Object> values = values(record);
    if (values.get(EXPIRES) instanceof Instant until && !until.isAfter(Instant.now())) {
      return true;
    }
    return "hash".equals(values.get(KeyValues.TYPE))
        && values.get(KeyValues.ELEMENTS) instanceof String fields
        && lasting(fields).equals("[]");
  }

  @Override
  public boolean agree(byte[] a, byte[] b) {
    List<Object> left = values(a);
    List<Object> right = values(b);
    for (int i = 0; i < KeyValues.ELEMENTS; i++) {
      if (!Objects.equals(left.get(i), right.get(i))) {
        return false;
      }
    }
    if (!(left.get(KeyValues.ELEMENTS) instanceof String one)
        || !(right.get(KeyValues.ELEMENTS) instanceof String other)) {
      return false;
    }
    return switch (String.valueOf(left.get(KeyValues.TYPE))) {
      case "hash" -> lasting(one).equals(lasting(other));
      case "stream" -> streams(one, other);
      default -> false;
    };
  }

  /** The fields that have not expired by now. */
  private static String lasting(String fields) {
    if (fields.length() > MOST) {
      return fields;
    }
    long now = Instant.now().toEpochMilli();
    String kept =
        EXPIRING_FIELD
            .matcher(fields)
            .replaceAll(field -> Long.parseLong(field.group(1)) > now ? quoted(field) : "");
    // Where the last field is gone, the comma before it is left.
    return kept.endsWith(",]") ? kept.substring(0, kept.length() - 2) + "]" : kept;
  }

  private static String quoted(MatchResult field) {
    return java.util.regex.Matcher.quoteReplacement(field.group());
  }

  /**
   * A name before a colon is never within a string of the JSON, in which its quotes would stand
   * behind a backslash.
   */
  private static boolean streams(String one, String other) {
    String left = one;
    String right = other;
    for (String name : MAYBE_UNKNOWN) {
      if (!has(left, name) || !has(right, name)) {
        left = without(left, name);
        right = without(right, name);
      }
    }
    for (String name : COMINGS) {
      left = without(left, name);
      right = without(right, name);
    }
    return left.equals(right);
  }

  private static boolean has(String stream, String name) {
    return stream.contains(",\"" + name + "\":");
  }

  private static String without(String stream, String name) {
    return stream.replaceAll(",\"" + name + "\":(?:\"[0-9-]*+\"|-?[0-9]++)", "");
  }

  @Override
  public RecordCursor cursor(Side side) {
    return rows.cursor(side);
  }

  @Override
  public boolean keyed() {
    return rows.keyed();
  }

  @Override
  public List<String> differences() {
    return rows.differences();
  }

  @Override
  public List<Object> order(byte[] record) {
    return rows.order(record);
  }

  @Override
  public List<Cell> key(byte[] record) {
    return rows.key(record);
  }

  @Override
  public List<Cell> rest(byte[] record) {
    return rows.rest(record);
  }

  @Override
  public Changes changes(byte[] a, byte[] b) {
    return rows.changes(a, b);
  }
}
