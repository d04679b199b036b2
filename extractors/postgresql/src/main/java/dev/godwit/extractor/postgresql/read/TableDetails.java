package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.schema.UnsteadyPartitions;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the catalogue says about a group of tables beside their columns, for any target. */
final class TableDetails {
  private static final String INDEXES =
      """
      select i.indrelid::int8, c.relname, i.indisprimary, i.indisunique,
        array(select a.attname from pg_catalog.unnest(i.indkey::int2[]) with ordinality k (n, o)
          join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.n
          where k.o <= %s order by k.o)
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      join pg_catalog.pg_am m on m.oid = c.relam
      where i.indrelid = any (?) and i.indisvalid and i.indexprs is null and i.indpred is null
        and not i.indisexclusion and m.amname in ('btree', 'hash')
      order by i.indrelid, c.relname
      """;
  private static final String REFERENCES =
      """
      select k.conrelid::int8, k.conname, n.nspname, c.relname,
        array(select a.attname from pg_catalog.unnest(k.conkey) with ordinality u (n, o)
          join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n
          order by u.o),
        array(select a.attname from pg_catalog.unnest(k.confkey) with ordinality u (n, o)
          join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n
          order by u.o)
      from pg_catalog.pg_constraint k
      join pg_catalog.pg_class c on c.oid = k.confrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where k.conrelid = any (?) and k.contype = 'f' %s
      order by k.conrelid, k.conname
      """;

  /** A key that points at a partitioned table has a row for each of its partitions too. */
  private static final String NOT_COPIED =
      """
      and not exists (select from pg_catalog.pg_constraint p
        where p.oid = k.conparentid and p.conrelid = k.conrelid)
      """;

  private static final String SIZES =
      """
      select c.oid::int8, c.reltuples::int8, pg_catalog.pg_get_expr(c.relpartbound, c.oid)
      from pg_catalog.pg_class c where c.oid = any (?)
      """;

  /** The columns of the keys of all partitioned tables above, those in expressions among them. */
  private static final String PARTITION_COLUMNS =
      """
      with recursive above (leaf, parent) as (
        select i.inhrelid, i.inhparent from pg_catalog.pg_inherits i
        join pg_catalog.pg_class c on c.oid = i.inhrelid and c.relispartition
        where i.inhrelid = any (?)
        union all
        select a.leaf, i.inhparent from above a
        join pg_catalog.pg_class c on c.oid = a.parent and c.relispartition
        join pg_catalog.pg_inherits i on i.inhrelid = a.parent
      )
      select a.leaf::int8, pg_catalog.string_agg(distinct t.attname, E'\\n' order by t.attname)
      from above a
      join pg_catalog.pg_partitioned_table p on p.partrelid = a.parent
      join pg_catalog.pg_attribute t on t.attrelid = a.parent and t.attnum > 0
        and not t.attisdropped
      where t.attnum = any (p.partattrs::int2[])
        or pg_catalog.strpos(
          pg_catalog.pg_get_expr(p.partexprs, p.partrelid), pg_catalog.quote_ident(t.attname)) > 0
      group by a.leaf
      """;

  private final String database;
  private final Map<Integer, List<String>> keys = new HashMap<>();
  private final Map<Integer, List<Dataset.Index>> indexes = new HashMap<>();
  private final Map<Integer, List<Dataset.Reference>> references = new HashMap<>();
  private final Map<Integer, Long> rows = new HashMap<>();
  private final Map<Integer, String> bounds = new HashMap<>();
  private final Map<Integer, String> partitionColumns = new HashMap<>();
  private final Map<Integer, UnsteadyPartitions.Divided> unsteady;

  /**
   * Reads the details.
   *
   * @param oids ids of tables, a few hundred at most
   * @param version the server's, such as 180001
   */
  TableDetails(Connection connection, String database, List<Integer> oids, int version)
      throws SQLException {
    this.database = database;
    Array ids =
        connection.createArrayOf("oid", oids.stream().map(Integer::toUnsignedLong).toArray());
    each(
        connection,
        INDEXES.formatted(version >= 110_000 ? "i.indnkeyatts" : "i.indnatts"),
        ids,
        this::index);
    each(
        connection,
        REFERENCES.formatted(version >= 110_000 ? NOT_COPIED : ""),
        ids,
        this::reference);
    each(connection, SIZES, ids, this::size);
    each(
        connection,
        PARTITION_COLUMNS,
        ids,
        (oid, row) -> partitionColumns.put(oid, row.getString(2)));
    this.unsteady = UnsteadyPartitions.among(connection, oids);
  }

  private interface Row {
    void take(int oid, ResultSet row) throws SQLException;
  }

  private static void each(Connection connection, String sql, Array ids, Row row)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, ids);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          row.take((int) rows.getLong(1), rows);
        }
      }
    }
  }

  private void index(int oid, ResultSet row) throws SQLException {
    List<String> columns = names(row, 5);
    if (row.getBoolean(3)) {
      keys.put(oid, columns);
    } else if (!columns.isEmpty()) {
      indexes
          .computeIfAbsent(oid, o -> new ArrayList<>())
          .add(new Dataset.Index(row.getString(2), columns, row.getBoolean(4)));
    }
  }

  private void reference(int oid, ResultSet row) throws SQLException {
    references
        .computeIfAbsent(oid, o -> new ArrayList<>())
        .add(
            new Dataset.Reference(
                row.getString(2),
                names(row, 5),
                DatasetName.of(database, row.getString(3), row.getString(4)),
                names(row, 6)));
  }

  private void size(int oid, ResultSet row) throws SQLException {
    rows.put(oid, row.getLong(2));
    if (row.getString(3) != null) {
      bounds.put(oid, row.getString(3));
    }
  }

  private static List<String> names(ResultSet row, int column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }

  List<String> key(int oid) {
    return keys.getOrDefault(oid, List.of());
  }

  List<Dataset.Index> indexes(int oid) {
    return indexes.getOrDefault(oid, List.of());
  }

  List<Dataset.Reference> references(int oid) {
    return references.getOrDefault(oid, List.of());
  }

  /** How many rows the server thinks there are; -1 where it does not know. */
  long rows(int oid) {
    return rows.getOrDefault(oid, -1L);
  }

  /** The columns that decide which rows belong into a partition, one a line; else empty. */
  String partitionColumns(int oid) {
    return partitionColumns.getOrDefault(oid, "");
  }

  /** The table above whose rows may lie in other partitions in another database, if there is. */
  Optional<DatasetName> placedWithin(int oid) {
    return Optional.ofNullable(unsteady.get(oid))
        .map(above -> DatasetName.of(database, above.schema(), above.name()));
  }

  /** What makes it a partition of its parent, such as {@code FOR VALUES IN (1)}; else empty. */
  String bound(int oid) {
    return bounds.getOrDefault(oid, "");
  }
}
