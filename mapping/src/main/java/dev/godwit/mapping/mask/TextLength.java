package dev.godwit.mapping.mask;

import dev.godwit.spi.record.Fields;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What the source's own name of a type says of the values that it takes.
 *
 * @param free whether it takes every text of its length, as enumerations and domains do not
 * @param characters how many at most
 * @param systemNumber whether it is a number by which the server finds its own things
 * @param padded whether the store fills each text up with blanks, which tell no two apart
 * @param anyCase whether great and small letters tell no two apart
 */
record TextLength(
    boolean free, int characters, boolean systemNumber, boolean padded, boolean anyCase) {
  private static final Pattern DECLARED =
      Pattern.compile("([a-z\" ]+?)(?: ?\\(([0-9]+)(?: (?:char|byte))?\\))?");

  /** The type of PostgreSQL's extension, in whatever schema that is. */
  private static final Pattern ANY_CASE = Pattern.compile("(?:.+\\.)?citext");

  private static final Set<String> PLAIN =
      Set.of(
          "text",
          "string",
          "varchar",
          "character varying",
          "nvarchar",
          "tinytext",
          "mediumtext",
          "longtext",
          "clob",
          "name");
  private static final Set<String> ONE = Set.of("character", "char", "\"char\"", "nchar");
  private static final Set<String> SYSTEM = Set.of("oid", "xid", "cid", "xid8");
  private static final int BYTES_OF_A_NAME = 63;
  private static final int BYTES_OF_A_TINYTEXT = 255;

  static TextLength of(Field field) {
    String type = Fields.nativeType(field).orElse("text").toLowerCase(Locale.ROOT);
    Matcher declared = DECLARED.matcher(type);
    boolean system = SYSTEM.contains(type);
    if (ANY_CASE.matcher(type).matches()) {
      return new TextLength(true, Integer.MAX_VALUE, false, false, true);
    }
    if (!declared.matches()) {
      return new TextLength(false, 0, system, false, false);
    }
    String name = declared.group(1);
    if (declared.group(2) != null) {
      boolean free = PLAIN.contains(name) || ONE.contains(name) || name.equals("varchar2");
      int most = Integer.parseInt(declared.group(2));
      return new TextLength(free, most, system, name.equals("character"), false);
    }
    int most =
        switch (name) {
          case "name" -> BYTES_OF_A_NAME;
          case "tinytext" -> BYTES_OF_A_TINYTEXT;
          case "bpchar" -> Integer.MAX_VALUE;
          default -> ONE.contains(name) ? 1 : Integer.MAX_VALUE;
        };
    boolean free = PLAIN.contains(name) || ONE.contains(name) || name.equals("bpchar");
    return new TextLength(free, most, system, name.equals("character"), false);
  }
}
