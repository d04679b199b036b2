package dev.godwit.extractor.postgresql.type;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of one database, by id. Immutable, safe for use by many threads. */
public final class TypeCatalogue {
  /** Ids from here on are given to what users make (FirstNormalObjectId in transam.h). */
  private static final long FIRST_USER_ID = 16384;

  private final Map<Integer, PgType> types;
  private final int version;

  private TypeCatalogue(Map<Integer, PgType> types, int version) {
    this.types = types;
    this.version = version;
  }

  /** The server's major version. */
  public int version() {
    return version;
  }

  /**
   * Reads all types that columns of this database can have (servers 10 to 18). The row types of
   * tables are left out where nothing has such a type, for there may be 10,000 of them.
   */
  public static TypeCatalogue load(Connection connection) throws SQLException {
    return load(connection, Set.of());
  }

  /**
   * Reads them as {@link #load(Connection)}.
   *
   * @param also ids of types that are not left out, such as those of a query's columns
   */
  public static TypeCatalogue load(Connection connection, Set<Integer> also) throws SQLException {
    String used = USED.formatted(array(also));
    Map<Integer, List<PgType.Attribute>> attributes = attributes(connection, used);
    Map<Integer, PgType> types = new HashMap<>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(used + types(multiranges(connection)))) {
      while (rows.next()) {
        int oid = (int) rows.getLong(1);
        String schema = rows.getString(2);
        PgType.Shape shape =
            switch (rows.getString(4)) {
              case "e" -> new PgType.Shape.Enumerated();
              case "d" -> new PgType.Shape.Domain((int) rows.getLong(6), rows.getInt(7));
              case "a" -> new PgType.Shape.Array((int) rows.getLong(5));
              case "c" -> new PgType.Shape.Composite(attributes.getOrDefault(oid, List.of()));
              case "r" -> new PgType.Shape.Range((int) rows.getLong(8));
              case "m" -> new PgType.Shape.Multirange((int) rows.getLong(9));
              case "b" ->
                  new PgType.Shape.Base(
                      rows.getLong(1) >= FIRST_USER_ID || !schema.equals("pg_catalog"));
              default -> new PgType.Shape.Other();
            };
        types.put(oid, new PgType(oid, schema, rows.getString(3), shape));
      }
    }
    return new TypeCatalogue(Map.copyOf(types), connection.getMetaData().getDatabaseMajorVersion());
  }

  private static boolean multiranges(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion() >= 14;
  }

  /** Columns: id, schema, name, kind ({@code a} for a true array), element, base, modifier, ... */
  private static String types(boolean multiranges) {
    return """
        select t.oid::int8, n.nspname, t.typname,
               case when e.oid is not null then 'a' else t.typtype::text end,
               t.typelem::int8, t.typbasetype::int8, t.typtypmod, r.rngsubtype::int8, %s
        from pg_catalog.pg_type t
        join pg_catalog.pg_namespace n on n.oid = t.typnamespace
        left join pg_catalog.pg_type e on e.oid = t.typelem and e.typarray = t.oid
        left join pg_catalog.pg_range r on r.rngtypid = t.oid
        %s
        where t.oid in (select oid from wanted)
           or e.oid in (select oid from wanted)"""
        .formatted(
            multiranges ? "m.rngtypid::int8" : "0::int8",
            multiranges ? "left join pg_catalog.pg_range m on m.rngmultitypid = t.oid" : "");
  }

  private static Map<Integer, List<PgType.Attribute>> attributes(Connection connection, String used)
      throws SQLException {
    Map<Integer, List<PgType.Attribute>> attributes = new HashMap<>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                used
                    + """
                    select t.oid::int8, a.attname, a.atttypid::int8, a.atttypmod
                    from pg_catalog.pg_type t
                    join pg_catalog.pg_attribute a on a.attrelid = t.typrelid
                    where t.typtype = 'c' and t.oid in (select oid from wanted)
                      and a.attnum > 0 and not a.attisdropped
                    order by t.oid, a.attnum""")) {
      while (rows.next()) {
        attributes
            .computeIfAbsent((int) rows.getLong(1), oid -> new ArrayList<>())
            .add(new PgType.Attribute(rows.getString(2), (int) rows.getLong(3), rows.getInt(4)));
      }
    }
    return attributes;
  }

  /** Every type but arrays, and but the row types of relations that nothing has as its type. */
  private static final String USED =
      """
      with used as (
        select atttypid as oid from pg_catalog.pg_attribute where attnum > 0 and not attisdropped
        union select typbasetype from pg_catalog.pg_type where typtype = 'd'
        union select rngsubtype from pg_catalog.pg_range
        union select pg_catalog.unnest('{%s}'::pg_catalog.oid[])
      ), wanted as (
        select t.oid from pg_catalog.pg_type t
        left join pg_catalog.pg_class c on c.oid = t.typrelid
        where (t.typtype <> 'c' and not exists (
                select from pg_catalog.pg_type e where e.oid = t.typelem and e.typarray = t.oid))
           or c.relkind = 'c'
           or t.oid in (select oid from used)
           or t.typarray in (select oid from used where oid <> 0)
      )
      """;

  /**
   * A type.
   *
   * @throws IllegalArgumentException if the database has no such type
   */
  public PgType type(int oid) {
    PgType type = types.get(oid);
    if (type == null) {
      throw new IllegalArgumentException("no type with id " + Integer.toUnsignedString(oid));
    }
    return type;
  }

  /**
   * The columns of relations, in their order, dropped ones left out.
   *
   * @param relations ids of relations, at most a few hundred
   * @return by relation id; a relation without columns, or that does not exist, has an empty list
   */
  public Map<Integer, List<PgColumn>> columns(Connection connection, List<Integer> relations)
      throws SQLException {
    Map<Integer, List<PgColumn>> columns = new HashMap<>();
    relations.forEach(relation -> columns.put(relation, new ArrayList<>()));
    if (relations.isEmpty()) {
      return columns;
    }
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                columns(connection.getMetaData().getDatabaseMajorVersion(), relations))) {
      while (rows.next()) {
        columns
            .get((int) rows.getLong(1))
            .add(
                new PgColumn(
                    rows.getString(2),
                    type((int) rows.getLong(3)),
                    rows.getInt(4),
                    rows.getString(5),
                    rows.getBoolean(6),
                    rows.getBoolean(7),
                    rows.getBoolean(8)));
      }
    }
    return columns;
  }

  private static String columns(int version, List<Integer> relations) {
    return """
    select a.attrelid::int8, a.attname, a.atttypid::int8, a.atttypmod,
           pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, %s, a.attidentity = 'a'
    from pg_catalog.pg_attribute a
    where a.attrelid = any ('{%s}'::pg_catalog.oid[]) and a.attnum > 0 and not a.attisdropped
    order by a.attrelid, a.attnum"""
        .formatted(version >= 12 ? "a.attgenerated <> ''" : "false", array(relations));
  }

  private static String array(Collection<Integer> ids) {
    return ids.stream().map(Integer::toUnsignedString).collect(Collectors.joining(","));
  }
}
