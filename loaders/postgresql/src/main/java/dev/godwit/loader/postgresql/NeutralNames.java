package dev.godwit.loader.postgresql;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Gives names to keys and indexes of tables that come without: the table's name, those of the
 * columns and a word, as the server itself makes them. The same tables in the same order get the
 * same names.
 */
final class NeutralNames {
  /** Bytes of the longest name (manual, "Identifiers and Key Words"). */
  static final int LONGEST = 63;

  private final Set<Relation> taken = new HashSet<>();

  /** Takes the name of a table; false where it was taken. */
  boolean take(Relation table) {
    return taken.add(table);
  }

  /** A name that no other relation of the schema has. */
  String relation(Relation table, List<String> columns, String word) {
    String base = table.name() + (columns.isEmpty() ? "" : "_" + String.join("_", columns));
    for (int i = 0; ; i++) {
      String name = shortened(base, "_" + word + (i == 0 ? "" : i));
      if (taken.add(new Relation(table.schema(), name))) {
        return name;
      }
    }
  }

  /** Whether a name is longer than the server's names. */
  static boolean isTooLong(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length > LONGEST;
  }

  private static String shortened(String base, String end) {
    if (!isTooLong(base + end)) {
      return base + end;
    }
    return cut(base, "_" + HexFormat.of().toHexDigits(base.hashCode()) + end);
  }

  /** A name cut so that it and its end are no longer than names are. */
  static String cut(String name, String end) {
    int at = name.length();
    while (isTooLong(name.substring(0, at) + end)) {
      at = name.offsetByCodePoints(at, -1);
    }
    return name.substring(0, at) + end;
  }
}
