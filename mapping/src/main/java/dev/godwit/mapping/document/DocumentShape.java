package dev.godwit.mapping.document;

import java.util.List;
import java.util.Optional;

/**
 * What the documents of a dataset have in common at their top level.
 *
 * @param id the type of every {@code _id}; empty where there are several, or where a column of that
 *     type would not hold each of them just as it is
 * @param fields those whose type all documents share that have them, in the order in which they
 *     were first met, {@code _id} left out
 */
public record DocumentShape(Optional<ShapeType> id, List<ShapeField> fields) {
  /** Copies the fields. */
  public DocumentShape {
    fields = List.copyOf(fields);
  }

  /** The types that a column of rows can hold. */
  public enum ShapeType {
    /** Whole numbers of 32 bits. */
    INT32,
    /** Whole numbers of 64 bits, or of 32 and 64. */
    INT64,
    /** Floating point numbers. */
    DOUBLE,
    /** Decimal128. */
    DECIMAL,
    /** Booleans. */
    BOOL,
    /** Text. */
    STRING,
    /** Instants, in milliseconds. */
    DATE,
    /** Binaries of subtype 4 and 16 bytes. */
    UUID,
    /** Binaries of subtype 0. */
    BINARY,
    /** Object ids. */
    OBJECT_ID
  }

  /**
   * What a null of the column stands for, where the rest of the document does not have the field: a
   * document in which it is otherwise keeps it there.
   */
  public enum Absence {
    /** The document has no such field; one that is null stays in the rest. */
    MISSING,
    /** The document has the field, with null: there is none without it. */
    NULL
  }

  /** A field that all documents share. */
  public record ShapeField(String name, ShapeType type, Absence absence) {}
}
