package dev.godwit.extractor.postgresql.type;

import org.apache.arrow.vector.types.pojo.Field;

/** How PostgreSQL's types become Arrow fields, and how a column is asked for so that they do. */
public final class TypeMap {
  private final TypeCatalogue types;

  /** A map over the types of one database. */
  public TypeMap(TypeCatalogue types) {
    this.types = types;
  }

  /** The Arrow field of a column. */
  public Field field(PgColumn column) {
    throw new UnsupportedOperationException(column.name() + types.type(0));
  }

  /**
   * The expression that asks for a column in {@code copy (select ...) to stdout (format binary)}:
   * its quoted name, cast to text where its own binary form is not safe or not understood.
   */
  public String selectExpression(PgColumn column) {
    throw new UnsupportedOperationException(column.name());
  }

  /**
   * Whether the column can be written with {@code copy ... from stdin (format binary)}; a table is
   * written as text where any of its columns cannot.
   */
  public boolean writableAsBinary(PgColumn column) {
    throw new UnsupportedOperationException(column.name());
  }
}
