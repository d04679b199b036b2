package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.copy.BatchDecoder;
import dev.godwit.extractor.postgresql.copy.Copies;
import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.extractor.postgresql.type.TypeMap;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.run.PluginContext;
import java.util.Iterator;
import java.util.List;

/** Reads the tables of a run by partitions. */
final class TableReading implements Reading.Partitioned {
  private static final int BATCH_BYTES = 4 << 20;
  private static final int TID_RANGE_SCANS = 140_000;

  private final Tables tables;
  private final Workers workers;
  private final TypeCatalogue types;
  private final CopyStatements statements;
  private final PluginContext context;
  private final ReadFailure failures;
  private final boolean divides;

  /** Reading on a server of a version, such as 180001: from 14 on, pages can be read apart. */
  TableReading(
      Tables tables,
      Workers workers,
      TypeCatalogue types,
      PluginContext context,
      ReadFailure failures,
      int version) {
    this.tables = tables;
    this.workers = workers;
    this.types = types;
    this.statements = new CopyStatements(new TypeMap(types));
    this.context = context;
    this.failures = failures;
    this.divides = divides(version);
  }

  /** Whether a server of this version can read some pages of a table and no others. */
  static boolean divides(int version) {
    return version >= TID_RANGE_SCANS;
  }

  @Override
  public Iterator<Partition> partitions(Dataset dataset) {
    Relation relation = tables.relation(dataset.name());
    if (divides && relation.heap() && tables.condition(relation).isEmpty()) {
      return PageRanges.of(dataset.name(), tables.pages(relation));
    }
    return List.of(Partition.whole(dataset.name())).iterator();
  }

  @Override
  public RecordReader open(Dataset dataset, Partition partition) {
    Table table = tables.table(dataset.name());
    Session session = workers.begin(table.relation());
    Copies copies = null;
    try {
      copies = Copies.over(session, context.allocator());
      return new PartitionReader(
          table,
          statements.of(table, partition.span(), tables.pages(table.relation())),
          workers,
          session,
          copies,
          new BatchDecoder(table.columns(), types, context.allocator(), BATCH_BYTES),
          context.cancellation(),
          failures);
    } catch (RuntimeException e) {
      if (copies != null) {
        copies.close();
      }
      session.close();
      throw e;
    }
  }
}
