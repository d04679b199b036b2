package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of a database that the load makes itself: its encoding and collation, whose it is,
 * and where it lies. One that is there keeps its own, whoever loads into it.
 */
final class MadeDatabase {
  /** The kind of what tells its encoding and collation. */
  static final String LOCALE = "database";

  /** The kind of what tells its owner. */
  static final String OWNER = "database owner";

  /** The kind of what tells its tablespace. */
  static final String TABLESPACE = "database tablespace";

  private static final String ENCODING_OF_NEW = "TEMPLATE template0 ENCODING 'UTF8'";

  private final List<String> options = new ArrayList<>();
  private Optional<SchemaObject> locale = Optional.empty();

  /** Whether a definition tells how the database is made, and is none that is carried out in it. */
  static boolean tellsOf(SchemaObject object) {
    return Set.of(LOCALE, OWNER, TABLESPACE).contains(object.kind());
  }

  /**
   * Takes what such a definition tells.
   *
   * @param missing whether the database is to be made
   * @return whether what it names is needed
   */
  boolean takes(SchemaObject object, boolean missing) {
    if (object.kind().equals(LOCALE)) {
      locale = Optional.of(object);
      return true;
    }
    // Left out, its place is the server's own.
    if (missing && !object.attributes().isEmpty()) {
      options.add(object.definition());
    }
    return missing;
  }

  /** Whether the plan tells how it is made; a part of a database does not. */
  boolean isTold() {
    return locale.isPresent();
  }

  /** The encoding of the source's. */
  String encoding() {
    return locale.flatMap(told -> told.attribute(Attributes.ENCODING)).orElse("UTF8");
  }

  /** How it is made, without its name. */
  String options() {
    return locale.map(SchemaObject::definition).orElse(ENCODING_OF_NEW)
        + options.stream().map(option -> " " + option).reduce("", String::concat);
  }
}
