package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.DatasetQuery;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.Tuple;

/**
 * Has the server describe queries in the transaction of a run, and so lock what they read to the
 * end of it.
 *
 * <p>Each is sent in one Parse message, which holds one statement or is refused (PostgreSQL manual,
 * Extended Query), as a subquery of which no row is asked for: nothing but a query that changes
 * nothing can stand there, and the server plans it, but does not run it. So that names are found as
 * in any other session, the search path is the one that server, database and role give.
 */
final class QueryDescription {
  /** Statements that read queries begin with this, in their transaction. */
  static final String SEARCH_PATH = "set local search_path to default";

  private static final String ITS_HINT =
      "a query is one select, and changes nothing: --query big_orders=\"select * from orders"
          + " where total > 100\"";
  private static final Set<String> NOT_THE_QUERYS_FAULT = Set.of("42501", "55P03", "57014");

  /**
   * Of what is locked: whether the snapshot shows a table otherwise than it lies there now, and a
   * foreign table, if there is one.
   */
  private static final String LOCKED =
      """
      select pg_catalog.bool_or(c.oid is null
          or c.relkind in ('r', 'm') and c.relfilenode <> pg_catalog.pg_relation_filenode(c.oid)),
        pg_catalog.min(c.oid::pg_catalog.regclass::text) filter (where c.relkind = 'f')
      from pg_catalog.pg_locks l left join pg_catalog.pg_class c on c.oid = l.relation
      where l.pid = pg_catalog.pg_backend_pid() and l.locktype = 'relation'
        and l.relation::int8 >= 16384
      """;

  private final Session session;
  private final ReadOptions options;
  private final Cancellation cancellation;
  private final ReadFailure failures;

  /** Descriptions in the transaction of a session, which has its snapshot. */
  QueryDescription(
      Session session, ReadOptions options, Cancellation cancellation, ReadFailure failures) {
    this.session = session;
    this.options = options;
    this.cancellation = cancellation;
    this.failures = failures;
  }

  /**
   * Describes.
   *
   * @throws GodwitException {@code USAGE} where a query is not understood
   */
  List<DescribedQuery> of(Map<DatasetName, DatasetQuery> queries) throws SQLException {
    if (queries.isEmpty()) {
      return List.of();
    }
    session.execute(SEARCH_PATH + "; set local lock_timeout = '" + options.lockSeconds() + "s'");
    List<List<Field>> rows = new ArrayList<>();
    for (DatasetQuery query : queries.values()) {
      cancellation.check();
      List<Field> fields = fields(query);
      checkNames(query, fields);
      checkKey(query, fields);
      rows.add(fields);
    }
    // Types are named as those of tables are, with their schemas.
    session.execute(
        "select pg_catalog.set_config('search_path', '', true); set local lock_timeout = 0");
    List<DescribedQuery> described = new ArrayList<>();
    for (Map.Entry<DatasetName, DatasetQuery> query : queries.entrySet()) {
      List<Field> fields = rows.get(described.size());
      described.add(new DescribedQuery(query.getKey(), query.getValue(), columns(fields)));
    }
    return described;
  }

  private List<Field> fields(DatasetQuery query) {
    Described handler = new Described();
    try {
      QueryExecutor executor = session.connection().getQueryExecutor();
      String sql = "select * from " + DescribedQuery.from(query) + " limit 0";
      // Not through a Statement, which would split it where it takes a statement to end.
      Query whole =
          executor.wrap(List.of(new NativeQuery(sql, new int[0], false, SqlCommand.BLANK)));
      executor.execute(
          whole,
          null,
          handler,
          0,
          0,
          QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_SUPPRESS_BEGIN);
      return handler.fields;
    } catch (SQLException e) {
      throw refused(query, e);
    }
  }

  /** Keeps the description of the rows. */
  private static final class Described extends ResultHandlerBase {
    private List<Field> fields = List.of();

    @Override
    public void handleResultRows(
        Query query, Field[] fields, List<Tuple> rows, ResultCursor cursor) {
      this.fields = Arrays.asList(fields);
    }

    @Override
    public void handleWarning(SQLWarning warning) {
      // What the server remarks of a query that it takes is no concern of the run.
    }
  }

  private GodwitException refused(DatasetQuery query, SQLException e) {
    String state = ReadFailure.state(e);
    // A parameter, such as $1, is found missing when the statement is bound (08P01).
    boolean lost = ReadFailure.lost(state) && !state.equals("08P01");
    if (lost || state.startsWith("53") || NOT_THE_QUERYS_FAULT.contains(state)) {
      return failures.of("query " + query.name(), e);
    }
    return wrong(query, ReadFailure.firstLine(e), ITS_HINT);
  }

  private static GodwitException wrong(DatasetQuery query, String what, String hint) {
    return new GodwitException(ExitCode.USAGE, "--query " + query.name() + ": " + what, hint);
  }

  private static void checkNames(DatasetQuery query, List<Field> fields) {
    if (fields.isEmpty()) {
      throw wrong(query, "its rows have no columns", ITS_HINT);
    }
    Set<String> met = new HashSet<>();
    for (Field field : fields) {
      if (!met.add(field.getColumnLabel())) {
        throw wrong(
            query,
            "two columns are called " + field.getColumnLabel(),
            "give one of them another name with as");
      }
    }
    for (String column : query.key()) {
      if (!met.contains(column)) {
        throw new GodwitException(
            ExitCode.USAGE,
            "--key " + query.name() + ": the query has no column '" + column + "'",
            "columns are " + labels(fields));
      }
    }
  }

  private static String labels(List<Field> fields) {
    return fields.stream().map(Field::getColumnLabel).collect(Collectors.joining(", "));
  }

  /** A key names one row each, or rows would be lost where the target keeps one of a key. */
  private void checkKey(DatasetQuery query, List<Field> fields) {
    if (query.key().isEmpty()) {
      return;
    }
    List<String> key = query.key().stream().map(Sql::name).toList();
    String sql =
        "select from "
            + DescribedQuery.from(query)
            + " group by "
            + String.join(", ", key)
            + " having pg_catalog.count(*) > 1 or "
            + key.stream().map(k -> k + " is null").collect(Collectors.joining(" or "))
            + " limit 1";
    try (Statement statement = session.connection().createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet row = statement.executeQuery(sql)) {
        if (row.next()) {
          throw new GodwitException(
              ExitCode.USAGE,
              "--key "
                  + query.name()
                  + ": "
                  + String.join(", ", query.key())
                  + " does not name one"
                  + " row each, or is null somewhere",
              "name columns that do, of " + labels(fields) + ", or leave --key out");
        }
      }
    } catch (SQLException e) {
      throw refused(query, e);
    }
  }

  private List<DescribedQuery.Column> columns(List<Field> fields) throws SQLException {
    String sql =
        fields.stream()
            .map(f -> "(" + Integer.toUnsignedString(f.getOID()) + "::oid, " + f.getMod() + ")")
            .collect(
                Collectors.joining(
                    ", ", "select pg_catalog.format_type(t, m) from (values ", ") v (t, m)"));
    List<DescribedQuery.Column> columns = new ArrayList<>();
    try (Statement statement = session.connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      for (Field field : fields) {
        row.next();
        columns.add(
            new DescribedQuery.Column(
                field.getColumnLabel(), field.getOID(), field.getMod(), row.getString(1)));
      }
    }
    return columns;
  }

  /**
   * Whether the snapshot shows what is now locked as it lies there: a table that was made, emptied
   * or rewritten between the snapshot and its lock would be read as no rows at all.
   *
   * @throws GodwitException {@code USAGE} where a query reads a foreign table, which shows an
   *     instant of its own
   */
  boolean holds() throws SQLException {
    try (Statement statement = session.connection().createStatement();
        ResultSet row = statement.executeQuery(LOCKED)) {
      row.next();
      if (row.getString(2) != null && !options.foreignTables()) {
        throw new GodwitException(
            ExitCode.USAGE,
            "a query reads foreign table "
                + row.getString(2)
                + ", which shows an instant of its own",
            "add the option foreign-tables=on to the URI to read it all the same");
      }
      return !row.getBoolean(1);
    }
  }
}
