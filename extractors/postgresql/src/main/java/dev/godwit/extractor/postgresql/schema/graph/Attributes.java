package dev.godwit.extractor.postgresql.schema.graph;

import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  /** On a role: its name. */
  public static final String ROLE = "role";

  /** On a role: {@code true} where only a superuser can make such a one. */
  public static final String MIGHTY = "mighty";

  /** On a function or procedure: its name and the types of its arguments, as regprocedure. */
  public static final String SIGNATURE = "signature";

  /** On an extension: its name, which the target's server must have to offer. */
  public static final String EXTENSION = "extension";

  /** The oldest major version that understands the definition, where it is newer than 10. */
  public static final String SINCE = "since";

  /** On a table: {@code true} where it inherits, is inherited from, or is partitioned or a part. */
  public static final String RELATED = "related";

  /**
   * On a primary key: {@code true} where a column of it comes from a parent. A key that is put over
   * an index makes the parent's not-null constraint the table's own, one with its columns does not.
   */
  public static final String INHERITED = "inherited";

  /** On a foreign key: {@code true} where its rows were checked. */
  public static final String VALIDATED = "validated";

  /** On a foreign key: {@code true} where its table is partitioned. */
  public static final String PARTITIONED = "partitioned";

  /** On a database: its encoding, such as {@code UTF8}. */
  public static final String ENCODING = "encoding";

  /** On privileges: {@code true} where they are on what the server itself brings. */
  public static final String OF_SERVER = "of-server";

  /** On large objects: the ids of those that it makes, as an array in PostgreSQL's notation. */
  public static final String LARGE_OBJECTS = "large-objects";

  /**
   * On what makes a relation, or a database: the name of the tablespace that it lies in, where it
   * is not the database's own.
   */
  public static final String TABLESPACE = "tablespace";

  /** On security labels: the modules that they are for, as a text array. */
  public static final String LABEL_PROVIDERS = "label-providers";

  /** A text array in PostgreSQL's notation. */
  public static String array(Collection<String> elements) {
    return elements.stream()
        .map(e -> '"' + e.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** The elements of a text array in PostgreSQL's notation, none of them null or a list. */
  public static List<String> elements(String array) {
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    boolean quoted = false;
    for (int i = 1; i < array.length(); i++) {
      char c = array.charAt(i);
      if (c == '\\') {
        i++;
        element.append(array.charAt(i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '}')) {
        if (i > 1) {
          elements.add(element.toString());
        }
        element.setLength(0);
      } else {
        element.append(c);
      }
    }
    return elements;
  }

  /** Attributes of what makes one relation. */
  public static Map<String, String> making(String schema, String name) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put(MAKES + "0", DatasetName.of(schema, name).toString());
    return attributes;
  }
}
