package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.copy.RowEncoder;
import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;

/** The tables of the target, as the data meets them. Used by one thread at a time. */
final class TargetTables {
  /** Tables kept at a time; the partitions of one come close together. */
  private static final int KEPT = 64;

  private final Connection connection;
  private final Renaming renaming;
  private TypeCatalogue types;
  private final Map<DatasetName, Table> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DatasetName, Table> eldest) {
          return size() > KEPT;
        }
      };

  /** Tables as they are from here on; types made later are not seen. */
  TargetTables(Connection connection, Renaming renaming) throws SQLException {
    this.connection = connection;
    this.renaming = renaming;
    this.types = TypeCatalogue.load(connection);
    connection.commit();
  }

  /**
   * A table as its data is written.
   *
   * @param into what the copy names: the table itself, or a partitioned table above it
   * @param columns in the order of the dataset's
   * @param format of the copy
   * @param before statements ahead of the copy, in its transaction
   * @param after statements after the copy
   */
  record Table(
      Relation into,
      List<PgColumn> columns,
      RowEncoder.Format format,
      List<String> before,
      List<String> after) {
    /** The copy's statement. */
    String copy() {
      // A table of no columns, or of generated ones only, has none to name.
      String named =
          columns.isEmpty()
              ? ""
              : columns.stream()
                  .map(c -> Relation.quote(c.name()))
                  .collect(Collectors.joining(", ", " (", ")"));
      return "COPY "
          + into.quoted()
          + named
          + " FROM STDIN"
          + (format == RowEncoder.Format.BINARY ? " (FORMAT binary)" : "");
    }
  }

  TypeCatalogue types() {
    return types;
  }

  /**
   * The table of a dataset.
   *
   * @throws GodwitException where the target has no such table or column
   */
  Table look(Dataset dataset) throws SQLException {
    Table known = kept.get(dataset.name());
    if (known != null) {
      return known;
    }
    Relation relation = renaming.relation(dataset.name());
    Found found =
        find(relation)
            .orElseThrow(
                () ->
                    new GodwitException(
                        ExitCode.FAILED,
                        "the target has no table " + relation + " for " + dataset.name()));
    int id = found.id();
    Map<String, PgColumn> byName =
        types.columns(connection, List.of(id)).getOrDefault(id, List.of()).stream()
            .collect(Collectors.toMap(PgColumn::name, Function.identity()));
    List<PgColumn> columns = new ArrayList<>();
    for (Field field : dataset.schema().getFields()) {
      PgColumn column = byName.get(field.getName());
      if (column == null) {
        throw new GodwitException(
            ExitCode.FAILED, "table " + relation + " has no column " + field.getName());
      }
      columns.add(column);
    }
    TypeMap map = new TypeMap(types);
    boolean pages = LargeObjectPages.are(dataset);
    boolean ofExtension = dataset.attributes().containsKey(Dataset.ROWS_OF_EXTENSION);
    Table table =
        new Table(
            pages ? LargeObjectPages.into() : found.part() ? loadedThrough(id, relation) : relation,
            List.copyOf(columns),
            columns.stream().allMatch(map::writableAsBinary)
                ? RowEncoder.Format.BINARY
                : RowEncoder.Format.TEXT,
            pages
                ? LargeObjectPages.before()
                : ofExtension
                    ? List.of(
                        ExtensionRows.unchecked(connection.getMetaData().getDatabaseMajorVersion()))
                    : List.of(),
            pages ? LargeObjectPages.after(dataset) : List.of());
    kept.put(dataset.name(), table);
    return table;
  }

  /** A table that is there, and whether it is a part of another. */
  private record Found(int id, boolean part) {}

  private Optional<Found> find(Relation relation) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select c.oid, c.relispartition from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p')")) {
      query.setString(1, relation.schema());
      query.setString(2, relation.name());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next()
            ? Optional.of(new Found((int) rows.getLong(1), rows.getBoolean(2)))
            : Optional.empty();
      }
    }
  }

  /**
   * Where a table is divided by the hash of an enum, its rows lie elsewhere in another database: an
   * enum's hash is that of its labels' ids. Such rows go in through the table that is so divided.
   * (pg_dump does the same, since 16: "load-via-partition-root".)
   */
  private Relation loadedThrough(int id, Relation itself) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            with recursive above (id, height) as (
              select inhparent, 1 from pg_inherits where inhrelid = ?::bigint::oid
              union all
              select i.inhparent, height + 1 from pg_inherits i join above a on i.inhrelid = a.id
            ), divided as (
              select above.id, above.height, a.atttypid as type
              from above
              join pg_partitioned_table p on p.partrelid = above.id and p.partstrat = 'h'
              join pg_attribute a on a.attrelid = above.id and a.attnum = any(p.partattrs::int2[])
            ), made (id, height, type) as (
              select id, height, type from divided
              union
              select m.id, m.height, part.type
              from made m
              join pg_type t on t.oid = m.type
              cross join lateral (
                select t.typelem as type where t.typelem <> 0
                union all select t.typbasetype where t.typbasetype <> 0
                union all select r.rngsubtype from pg_range r where r.rngtypid = t.oid
                union all select a.atttypid from pg_attribute a
                  where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
              ) part
            )
            select n.nspname, c.relname
            from made m
            join pg_type t on t.oid = m.type and t.typtype = 'e'
            join pg_class c on c.oid = m.id
            join pg_namespace n on n.oid = c.relnamespace
            order by m.height desc limit 1
            """)) {
      query.setLong(1, Integer.toUnsignedLong(id));
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? new Relation(rows.getString(1), rows.getString(2)) : itself;
      }
    }
  }
}
