package dev.godwit.extractor.postgresql.type;

import java.util.List;

/**
 * A type of one server, from pg_type. Ids differ from server to server for all but built-in types.
 *
 * @param oid its id on this server
 * @param schema where it is
 * @param name its own name, such as {@code int4}, {@code _int4}, {@code mood}
 */
public record PgType(int oid, String schema, String name, Shape shape) {

  /** Whether the server itself brings it. */
  public boolean builtIn() {
    return schema.equals("pg_catalog");
  }

  /** What kind of type it is, with the ids of those that it is made of. */
  public sealed interface Shape {
    /**
     * A base type.
     *
     * @param fromExtension whether an extension or a user made it, so that only it understands its
     *     values
     */
    record Base(boolean fromExtension) implements Shape {}

    /** An enum. */
    record Enumerated() implements Shape {}

    /** A domain over another type, with its type modifier (-1 for none). */
    record Domain(int base, int modifier) implements Shape {}

    /** An array of another type. */
    record Array(int element) implements Shape {}

    /** A composite. */
    record Composite(List<Attribute> attributes) implements Shape {
      /** Copies the attributes. */
      public Composite {
        attributes = List.copyOf(attributes);
      }
    }

    /** A range over another type. */
    record Range(int subtype) implements Shape {}

    /** A multirange over a range type. */
    record Multirange(int range) implements Shape {}

    /** Pseudo-types and anything else that no column should have. */
    record Other() implements Shape {}
  }

  /** A field of a composite, dropped ones left out. */
  public record Attribute(String name, int type, int modifier) {}
}
