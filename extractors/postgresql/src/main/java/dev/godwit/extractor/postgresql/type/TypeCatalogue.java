package dev.godwit.extractor.postgresql.type;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The types of one database, by id. Immutable, safe for use by many threads. */
public final class TypeCatalogue {
  private final Map<Integer, PgType> types;

  private TypeCatalogue(Map<Integer, PgType> types) {
    this.types = types;
  }

  /** Reads all types that columns of this database can have (servers 10 to 18). */
  public static TypeCatalogue load(Connection connection) throws SQLException {
    return new TypeCatalogue(Map.of());
  }

  /**
   * A type.
   *
   * @throws IllegalArgumentException if the database has no such type
   */
  public PgType type(int oid) {
    PgType type = types.get(oid);
    if (type == null) {
      throw new IllegalArgumentException("no type with id " + oid);
    }
    return type;
  }

  /**
   * The columns of relations, in their order, dropped ones left out.
   *
   * @param relations ids of relations, at most a few hundred
   * @return by relation id
   */
  public Map<Integer, List<PgColumn>> columns(Connection connection, List<Integer> relations)
      throws SQLException {
    throw new UnsupportedOperationException(connection + "" + relations);
  }
}
