package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.copy.BatchDecoder;
import dev.godwit.extractor.postgresql.copy.Copies;
import dev.godwit.extractor.postgresql.copy.RowShape;
import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.extract.SentRecords;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.PluginContext;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads the tables of a run by partitions, and each of its queries whole. */
final class TableReading implements Reading.Partitioned {
  private static final int BATCH_BYTES = 4 << 20;

  /** Hashes of rows are few bytes, which stay near the processor until they are summed. */
  private static final int HASHES_BYTES = 256 << 10;

  private static final int TID_RANGE_SCANS = 140_000;

  private final Tables tables;
  private final QueryTables queries;
  private final Workers workers;
  private final TypeMap types;
  private final CopyStatements statements;
  private final PluginContext context;
  private final ReadFailure failures;
  private final UnloggedOnStandby standby;
  private final boolean divides;

  /** Reading on a server of a version, such as 180001: from 14 on, pages can be read apart. */
  TableReading(
      Tables tables,
      QueryTables queries,
      Workers workers,
      TypeCatalogue types,
      PluginContext context,
      ReadFailure failures,
      UnloggedOnStandby standby,
      int version) {
    this.tables = tables;
    this.queries = queries;
    this.workers = workers;
    this.types = new TypeMap(types);
    this.statements = new CopyStatements(this.types);
    this.context = context;
    this.failures = failures;
    this.standby = standby;
    this.divides = divides(version);
  }

  /** Whether a server of this version can read some pages of a table and no others. */
  static boolean divides(int version) {
    return version >= TID_RANGE_SCANS;
  }

  @Override
  public Iterator<Partition> partitions(Dataset dataset) {
    if (queries.table(dataset.name()).isPresent()) {
      return List.of(Partition.whole(dataset.name())).iterator();
    }
    Relation relation = tables.relation(dataset.name());
    if (relation.kind() == LargeObjects.BY_FUNCTIONS
        || (relation.holdsLargeObjects() && !divides)) {
      return tables.largeObjects().partitions(dataset.name());
    }
    if (divides && relation.heap() && tables.condition(relation).isEmpty()) {
      return PageRanges.of(dataset.name(), tables.pages(relation));
    }
    return List.of(Partition.whole(dataset.name())).iterator();
  }

  @Override
  public RecordReader open(Dataset dataset, Partition partition) {
    Optional<QueryTable> query = queries.table(dataset.name());
    if (query.isPresent()) {
      return reader(
          dataset.name(),
          RowShape.ofColumns(query.get().columns(), types),
          BATCH_BYTES,
          statements.of(query.get()),
          workers.beginQuery(dataset.name()));
    }
    Table table = tables.table(dataset.name());
    return open(table, RowShape.ofColumns(table.columns(), types), BATCH_BYTES, partition);
  }

  private RecordReader open(Table table, RowShape shape, int batchBytes, Partition partition) {
    standby.requireRows(table.relation());
    return reader(
        table.relation().name(),
        shape,
        batchBytes,
        statements.of(table, partition.span(), tables.pages(table.relation())),
        workers.begin(table.relation()));
  }

  @Override
  public Optional<SentRecords> asSent(Dataset dataset, List<String> columns, int keys) {
    if (queries.table(dataset.name()).isPresent()) {
      return Optional.empty();
    }
    Table table = tables.table(dataset.name());
    if (table.relation().holdsLargeObjects()) {
      return Optional.empty();
    }
    Table chosen = table.with(columns);
    RowShape shape = RowShape.asSent(chosen.columns(), keys, types);
    return Optional.of(
        new SentRecords() {
          @Override
          public Schema schema() {
            return new Schema(shape.columns());
          }

          @Override
          public RecordReader open(Partition partition) {
            return TableReading.this.open(chosen, shape, HASHES_BYTES, partition);
          }
        });
  }

  private RecordReader reader(
      DatasetName dataset,
      RowShape shape,
      int batchBytes,
      Iterator<String> copies,
      Session session) {
    Copies over = null;
    try {
      over = Copies.over(session, context.allocator());
      return new PartitionReader(
          dataset,
          copies,
          workers,
          session,
          over,
          new BatchDecoder(shape, context.allocator(), batchBytes),
          context.cancellation(),
          failures);
    } catch (RuntimeException e) {
      if (over != null) {
        over.close();
      }
      session.close();
      throw e;
    }
  }
}
