package dev.godwit.extractor.postgresql.schema;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Partitions whose rows may belong into others of the same table in another database. The hash of
 * an enum is that of its label's id, and that of a {@code regclass} and its like of the object's,
 * and every database has ids of its own; that of a text whose collation calls different bytes equal
 * is the library's. Ranges of texts are in the order of a collation, which is that of the database
 * or the library. (pg_dump, since 16, loads what is divided by the hash of an enum through its root
 * for that reason: "load-via-partition-root".)
 */
public final class UnsteadyPartitions {
  private static final String SQL =
      """
      with recursive above (leaf, id, height) as (
        select i.inhrelid, i.inhparent, 1 from pg_catalog.pg_inherits i
        join pg_catalog.pg_class c on c.oid = i.inhrelid and c.relispartition
        where i.inhrelid = any (?)
        union all
        select a.leaf, i.inhparent, a.height + 1 from above a
        join pg_catalog.pg_class c on c.oid = a.id and c.relispartition
        join pg_catalog.pg_inherits i on i.inhrelid = a.id
      ), keyed (id, strategy, type, class, coll) as (
        select p.partrelid, p.partstrat, a.atttypid, k.class, k.coll
        from pg_catalog.pg_partitioned_table p
        cross join lateral rows from (pg_catalog.unnest(p.partattrs::int2[]),
          pg_catalog.unnest(p.partclass::oid[]),
          pg_catalog.unnest(p.partcollation::oid[])) k (number, class, coll)
        left join pg_catalog.pg_attribute a on a.attrelid = p.partrelid and a.attnum = k.number
          and k.number <> 0
        where p.partrelid in (select id from above)
      ), made (id, type) as (
        select id, type from keyed where strategy = 'h' and type is not null
        union
        select m.id, part.type
        from made m
        join pg_catalog.pg_type t on t.oid = m.type
        cross join lateral (
          select t.typelem as type where t.typelem <> 0
          union all select t.typbasetype where t.typbasetype <> 0
          union all select r.rngsubtype from pg_catalog.pg_range r where r.rngtypid = t.oid
          union all select a.atttypid from pg_catalog.pg_attribute a
            where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
        ) part
      ), unsteady (id) as (
        select m.id from made m join pg_catalog.pg_type t on t.oid = m.type
        where t.typtype = 'e'
          or t.typname like 'reg%' and t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
        union
        -- What an expression gives is known by its operator class.
        select k.id from keyed k join pg_catalog.pg_opclass o on o.oid = k.class
        join pg_catalog.pg_type t on t.oid = o.opcintype
        where k.strategy = 'h' and k.type is null and t.typtype in ('p', 'e')
        union
        select k.id from keyed k join pg_catalog.pg_collation c on c.oid = k.coll
        where k.strategy = 'r' and coalesce(c.collcollate, '') not in ('C', 'POSIX')
          -- Of servers from 12 on.
          or pg_catalog.to_jsonb(c)->>'collisdeterministic' = 'false'
      )
      select distinct on (a.leaf) a.leaf::int8, n.nspname, c.relname
      from above a
      join unsteady u on u.id = a.id
      join pg_catalog.pg_class c on c.oid = a.id
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      order by a.leaf, a.height desc
      """;

  private UnsteadyPartitions() {}

  /** The table that is divided so; of several above one another the uppermost. */
  public record Divided(String schema, String name) {}

  /**
   * Asks a database.
   *
   * @param tables their ids
   * @return for those of the tables that are such partitions, by id
   */
  public static Map<Integer, Divided> among(Connection connection, List<Integer> tables)
      throws SQLException {
    Map<Integer, Divided> found = new HashMap<>();
    Array ids =
        connection.createArrayOf("oid", tables.stream().map(Integer::toUnsignedLong).toArray());
    try (PreparedStatement query = connection.prepareStatement(SQL)) {
      query.setArray(1, ids);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.put((int) rows.getLong(1), new Divided(rows.getString(2), rows.getString(3)));
        }
      }
    }
    return found;
  }
}
