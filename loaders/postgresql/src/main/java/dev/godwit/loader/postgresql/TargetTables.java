package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.copy.RowEncoder;
import dev.godwit.extractor.postgresql.schema.UnsteadyPartitions;
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

  private static final String GONE =
      "this load made it, and it was dropped or renamed since: bring it back as it was, or drop what"
          + " the load left and begin anew";

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
                        "the target has no table " + relation + " for " + dataset.name(),
                        GONE));
    int id = found.id();
    Map<String, PgColumn> byName =
        types.columns(connection, List.of(id)).getOrDefault(id, List.of()).stream()
            .collect(Collectors.toMap(PgColumn::name, Function.identity()));
    List<PgColumn> columns = new ArrayList<>();
    for (Field field : dataset.schema().getFields()) {
      PgColumn column = byName.get(field.getName());
      if (column == null) {
        throw new GodwitException(
            ExitCode.FAILED, "table " + relation + " has no column " + field.getName(), GONE);
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

  /** Rows that may belong into another partition here go in through the table that is divided. */
  private Relation loadedThrough(int id, Relation itself) throws SQLException {
    UnsteadyPartitions.Divided above = UnsteadyPartitions.among(connection, List.of(id)).get(id);
    return above == null ? itself : new Relation(above.schema(), above.name());
  }
}
