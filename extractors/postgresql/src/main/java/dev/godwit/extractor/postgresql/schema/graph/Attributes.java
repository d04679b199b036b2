package dev.godwit.extractor.postgresql.schema.graph;

import dev.godwit.spi.name.DatasetName;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The keys of a definition's attributes, which the loader reads again. */
public final class Attributes {
  private Attributes() {}

  /**
   * {@code makes.0}, {@code makes.1}...: each relation (table, index, sequence) that the definition
   * makes, as {@link DatasetName} of schema and name: what would be in the way in a target, and
   * what gets another name when its table does.
   */
  public static final String MAKES = "makes.";

  /**
   * What the definition needs and no backup carries: a text array in PostgreSQL's notation, of four
   * elements for each thing: kind, names and arguments as {@code pg_get_object_address} takes them
   * (the latter two themselves arrays in that notation), and how a person would call it.
   */
  public static final String NEEDS = "needs";

  /** Roles that the definition names, as a text array in PostgreSQL's notation. */
  public static final String ROLES = "roles";

  /** On a function or procedure: its name and the types of its arguments, as regprocedure. */
  public static final String SIGNATURE = "signature";

  /** On an extension: its name, which the target's server must have to offer. */
  public static final String EXTENSION = "extension";

  /** The oldest major version that understands the definition, where it is newer than 10. */
  public static final String SINCE = "since";

  /** On a foreign key: {@code true} where its rows were checked. */
  public static final String VALIDATED = "validated";

  /** On a foreign key: {@code true} where its table is partitioned. */
  public static final String PARTITIONED = "partitioned";

  /** On a database: its encoding, such as {@code UTF8}. */
  public static final String ENCODING = "encoding";

  /** A text array in PostgreSQL's notation. */
  public static String array(Collection<String> elements) {
    return elements.stream()
        .map(e -> '"' + e.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Attributes of what makes one relation. */
  public static Map<String, String> making(String schema, String name) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put(MAKES + "0", DatasetName.of(schema, name).toString());
    return attributes;
  }
}
