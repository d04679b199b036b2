package dev.godwit.extractor.postgresql.read;

import dev.godwit.spi.name.DatasetName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists the tables of a database that hold or divide rows, and where its large objects lie if it
 * has any. Left out are the system's own, temporary ones, those that an extension made (it makes
 * them again) unless it says that users' rows are in them, and Godwit's own schema.
 */
final class RelationList {
  private static final String SQL =
      """
      select c.oid::int8, n.nspname, c.relname, c.relkind, c.relpersistence = 'u',
        coalesce(a.amname, 'heap') = 'heap' and c.relkind = 'r' and e.id is null,
        coalesce((select i.inhparent from pg_catalog.pg_inherits i
          where i.inhrelid = c.oid and c.relispartition), 0)::int8,
        case when e.id is null then ''
          else coalesce(nullif(pg_catalog.btrim(e.kept), ''), 'where true') end
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join pg_catalog.pg_am a on a.oid = c.relam
      left join (select u.id, u.kept from pg_catalog.pg_extension x
          cross join lateral rows from (pg_catalog.unnest(x.extconfig),
            pg_catalog.unnest(x.extcondition)) as u (id, kept)) e
        on e.id = c.oid
      where c.relkind = any (?) and c.relpersistence <> 't'
        and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', '_godwit')
        and (e.id is not null or not exists (select from pg_catalog.pg_depend d
          where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e'))
      """
          + LargeObjects.LISTED;

  private final String database;
  private final boolean foreignTables;

  RelationList(String database, boolean foreignTables) {
    this.database = database;
    this.foreignTables = foreignTables;
  }

  /** The tables as the connection's transaction shows them, by id. */
  List<Relation> read(Connection connection) throws SQLException {
    List<Relation> relations = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      String[] kinds = foreignTables ? new String[] {"r", "p", "f"} : new String[] {"r", "p"};
      statement.setArray(1, connection.createArrayOf("\"char\"", kinds));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          relations.add(relation(rows));
        }
      }
    }
    return relations;
  }

  private Relation relation(ResultSet row) throws SQLException {
    return new Relation(
        (int) row.getLong(1),
        DatasetName.of(database, row.getString(2), row.getString(3)),
        row.getString(4).charAt(0),
        row.getBoolean(5),
        row.getBoolean(6),
        (int) row.getLong(7),
        row.getString(8));
  }
}
