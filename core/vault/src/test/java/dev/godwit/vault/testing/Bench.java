package dev.godwit.vault.testing;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.vault.CheckReport;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotDraft;
import dev.godwit.vault.SnapshotWriter;
import dev.godwit.vault.Vault;
import dev.godwit.vault.check.DataShare;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Runs small backups and reads them back. Closing it fails where a buffer was not given back. */
public final class Bench implements AutoCloseable {
  /** What every buffer comes from. */
  public final BufferAllocator allocator = new RootAllocator();

  /** Asked by every loop. */
  public final Cancellation cancellation = new Cancellation();

  /** What was told. */
  public final List<String> warnings = new CopyOnWriteArrayList<>();

  /** What everything runs in. */
  public final PluginContext context;

  /** With two jobs. */
  public Bench() {
    this(2);
  }

  /** With so many jobs. */
  public Bench(int jobs) {
    context = new PluginContext(allocator, cancellation, warnings::add, jobs);
  }

  /** A source by name. */
  public static Source source(String name) {
    return new Source(name, name, "memory://" + name);
  }

  /** What a snapshot of the source is to hold; no objects. */
  public static SnapshotDraft draft(String source, String... tags) {
    return draft(source, List.of(), tags);
  }

  /** What a snapshot of the source is to hold. */
  public static SnapshotDraft draft(String source, List<SchemaObject> objects, String... tags) {
    Catalogue catalogue =
        new Catalogue() {
          @Override
          public Stream<Dataset> datasets() {
            return Stream.empty();
          }

          @Override
          public Stream<SchemaObject> objects() {
            return objects.stream();
          }

          @Override
          public SortedMap<String, Long> notCarried() {
            return new TreeMap<>();
          }
        };
    return new SnapshotDraft(
        source(source), new StoreInfo("memory", "1", "m-1"), "", catalogue, List.of(tags));
  }

  /** How every run ends here. */
  public static ExtractRun.Conclusion conclusion() {
    return new ExtractRun.Conclusion(
        new ConsistencyPoint(ConsistencyPoint.Guarantee.SNAPSHOT, "7:7:"), List.of());
  }

  /** Ends a snapshot. */
  public static Manifest seal(SnapshotWriter writer) {
    writer.finish(conclusion());
    writer.complete();
    return writer.manifest();
  }

  /** Writes orders into partitions of two batches of so many rows each. */
  public void write(SnapshotWriter writer, String name, int partitions, int rows) {
    write(writer, name, partitions, 2, rows);
  }

  /** Writes orders into partitions of so many batches of so many rows each. */
  public void write(SnapshotWriter writer, String name, int partitions, int batches, int rows) {
    writeFrom(writer, name, 0, partitions, batches, rows);
  }

  /** Writes orders from a number on, into partitions of so many batches of so many rows each. */
  public void writeFrom(
      SnapshotWriter writer, String name, long from, int partitions, int batches, int rows) {
    Dataset dataset = Orders.dataset(name);
    writer.prepare(dataset);
    for (int i = partitions - 1; i >= 0; i--) {
      Span span =
          Span.between("page", i == 0 ? null : "" + i, i == partitions - 1 ? null : "" + (i + 1));
      try (RecordWriter out = writer.open(dataset, new Partition(dataset.name(), i, span))) {
        for (int b = 0; b < batches; b++) {
          writeOrders(out, from + ((long) i * batches + b) * rows, rows);
        }
        out.commit();
      }
    }
  }

  /** Writes one batch of orders, from a number on. */
  public void writeOrders(RecordWriter out, long from, int rows) {
    RecordBatch batch = Orders.batch(allocator, from, rows);
    try (VectorSchemaRoot root = batch.rows()) {
      out.write(new RecordBatch(root));
    }
  }

  /** Backs up orders of one dataset, see {@link #write}. */
  public Manifest backUp(Vault vault, String name, int partitions, int rows) {
    try (SnapshotWriter writer = vault.write(draft("shop"), context)) {
      write(writer, name, partitions, rows);
      return seal(writer);
    }
  }

  /** Every row of a snapshot as text, large values by their length; in order. */
  public List<String> read(Vault vault, Manifest manifest) {
    List<String> rows = new ArrayList<>();
    try (ExtractRun run = vault.read(manifest, context)) {
      Reading.Partitioned reading = (Reading.Partitioned) run.reading();
      List<Dataset> datasets;
      try (Stream<Dataset> all = run.catalogue().datasets()) {
        datasets = all.toList();
      }
      for (Dataset dataset : datasets) {
        for (Iterator<Partition> i = reading.partitions(dataset); i.hasNext(); ) {
          try (RecordReader reader = reading.open(dataset, i.next())) {
            for (RecordItem item = reader.next(); item != null; item = reader.next()) {
              describe(item, rows);
            }
          }
        }
      }
      run.conclude();
    }
    return rows;
  }

  private static void describe(RecordItem item, List<String> rows) {
    if (item instanceof LargeValue value) {
      try (InputStream in = value.bytes()) {
        rows.add("large " + in.transferTo(OutputStream.nullOutputStream()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else if (item instanceof RecordBatch batch) {
      for (int row = 0; row < batch.rowCount(); row++) {
        StringBuilder text = new StringBuilder();
        for (var column : batch.rows().getFieldVectors()) {
          text.append(column.getObject(row)).append('|');
        }
        rows.add(text.toString());
      }
    }
  }

  /** Checks a vault. */
  public CheckReport check(Vault vault, boolean readData) {
    return vault.check(readData ? DataShare.ALL : DataShare.NONE, context, read -> {});
  }

  @Override
  public void close() {
    allocator.close();
  }
}
