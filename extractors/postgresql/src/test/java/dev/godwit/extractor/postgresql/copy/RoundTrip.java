package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.testkit.server.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A database in which tables are copied out, decoded, encoded and copied in again. */
final class RoundTrip implements AutoCloseable {
  private final Connection connection;
  private final BufferAllocator allocator = new RootAllocator();
  private int batchBytes = 4 << 20;
  private int contiguous = CopyData.CONTIGUOUS;

  RoundTrip() {
    this(PostgresServer.shared(), PostgresServer.shared().createDatabase());
  }

  RoundTrip(PostgresServer server, String database) {
    try {
      connection =
          DriverManager.getConnection(
              "jdbc:postgresql://127.0.0.1:"
                  + server.port()
                  + "/"
                  + database
                  + "?user=postgres&allowEncodingChanges=true");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    execute("set time zone 'UTC'; set extra_float_digits = 3; set datestyle = 'ISO'");
  }

  RoundTrip batchBytes(int bytes) {
    batchBytes = bytes;
    return this;
  }

  RoundTrip contiguous(int bytes) {
    contiguous = bytes;
    return this;
  }

  Connection connection() {
    return connection;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  void execute(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
    }
  }

  String query(String sql) {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
    }
  }

  TypeCatalogue types() {
    try {
      return TypeCatalogue.load(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<PgColumn> columns(TypeCatalogue types, String table) {
    int oid = (int) Long.parseLong(query("select '" + table + "'::regclass::oid::int8"));
    try {
      return types.columns(connection, List.of(oid)).get(oid);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String copyOut(String table, TypeCatalogue types) {
    TypeMap map = new TypeMap(types);
    String expressions =
        columns(types, table).stream().map(map::selectExpression).collect(Collectors.joining(", "));
    return "copy (select " + expressions + " from " + table + ") to stdout (format binary)";
  }

  /** Takes each batch of a table, and reads large values to their ends. */
  void decode(String table, Consumer<RecordBatch> taker) {
    TypeCatalogue types = types();
    try (BatchDecoder decoder =
            new BatchDecoder(
                RowShape.ofColumns(columns(types, table), new TypeMap(types)),
                allocator,
                batchBytes);
        CopyData data = new CopyOutData(connection, copyOut(table, types), contiguous)) {
      for (RecordItem item = decoder.next(data); item != null; item = decoder.next(data)) {
        if (item instanceof RecordBatch batch) {
          taker.accept(batch);
        }
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Copies the rows of a table into another, in either format; returns how many batches it was. */
  int copy(String from, String to, RowEncoder.Format format) {
    TypeCatalogue types = types();
    List<PgColumn> target = columns(types, to);
    String encoding = query("show client_encoding");
    int batches = 0;
    try (Connection second = DriverManager.getConnection(connection.getMetaData().getURL());
        BatchDecoder decoder =
            new BatchDecoder(
                RowShape.ofColumns(columns(types, from), new TypeMap(types)),
                allocator,
                batchBytes);
        CopyData data = new CopyOutData(connection, copyOut(from, types), contiguous);
        LargeSpool spool = new LargeSpool()) {
      try (var statement = second.createStatement()) {
        statement.execute("set client_encoding = '" + encoding + "'");
      }
      CopyIn copy =
          second
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy " + to + " from stdin (format " + format.name() + ")");
      try {
        RowEncoder encoder =
            new RowEncoder(
                target,
                types,
                format,
                (bytes, offset, length) -> write(copy, bytes, offset, length));
        for (RecordItem item = decoder.next(data); item != null; item = decoder.next(data)) {
          if (item instanceof LargeValue large) {
            spool.keep(large);
          } else {
            encoder.write((RecordBatch) item, spool);
            spool.clear();
            batches++;
          }
        }
        encoder.finish();
        copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
    return batches;
  }

  private static void write(CopyIn copy, byte[] bytes, int offset, int length) throws IOException {
    try {
      copy.writeToCopy(bytes, offset, length);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Copies a table in every format that it can be written in, and has the server compare. */
  void check(String table) {
    TypeCatalogue types = types();
    TypeMap map = new TypeMap(types);
    if (columns(types, table).stream().allMatch(map::writableAsBinary)) {
      check(table, RowEncoder.Format.BINARY);
    }
    check(table, RowEncoder.Format.TEXT);
  }

  void check(String table, RowEncoder.Format format) {
    execute("drop table if exists back; create table back (like " + table + ")");
    copy(table, "back", format);
    String rows = "select b::text, pg_column_size(b) from ";
    String differing =
        "select string_agg(b, chr(10)) from ((table x except all table y) union all"
            + " (table y except all table x)) d(b, size)";
    assertThat(query("with x as (" + rows + table + " b), y as (" + rows + "back b) " + differing))
        .as(table + " through " + format)
        .isNull();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    allocator.close();
  }
}
