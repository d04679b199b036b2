package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.value.Records;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.spi.store.StoreUri;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Records made by hand, of Memcached or of another engine of keys and values, and their load. */
final class Given implements AutoCloseable {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(byte[] key, String type, Long expires, byte[] value, Long flags) {}

  private final RootAllocator allocator = new RootAllocator();
  private final List<String> warnings = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final boolean withFlags;
  private final Loader loader;

  /** A target; records have flags where they are of Memcached. */
  Given(String uri, boolean withFlags) {
    this.withFlags = withFlags;
    StoreUri parsed = StoreUri.parse(uri);
    MemcachedLoaderProvider provider = new MemcachedLoaderProvider();
    this.loader =
        provider.open(
            new StoreAddress(parsed, Options.bind(provider.options(), parsed), PasswordSource.NONE),
            new PluginContext(allocator, new Cancellation(), warnings::add, 1));
  }

  /** A string of another engine: no flags, an expiry in milliseconds or null. */
  Given string(String key, String value, Long expires) {
    return entry(bytes(key), "string", expires, bytes(value), null);
  }

  Given entry(byte[] key, String type, Long expires, byte[] value, Long flags) {
    entries.add(new Entry(key, type, expires, value, flags));
    return this;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  List<String> warnings() {
    return warnings;
  }

  private Dataset dataset() {
    return Dataset.of(
        DatasetName.of("db0"), "database", withFlags ? Records.schema(false) : KeyValues.SCHEMA);
  }

  private LoadPlan plan() {
    Catalogue catalogue =
        new Catalogue() {
          @Override
          public Stream<Dataset> datasets() {
            return Stream.of(dataset());
          }

          @Override
          public Stream<SchemaObject> objects() {
            return Stream.of();
          }

          @Override
          public SortedMap<String, Long> notCarried() {
            return new TreeMap<>();
          }
        };
    StoreInfo origin = new StoreInfo("redis", "7.0.0", "elsewhere");
    return new LoadPlan("plan", origin, catalogue, Renames.NONE, false, false);
  }

  List<String> obstacles() {
    return loader.inspect(plan()).stream().map(Loader.Obstacle::what).toList();
  }

  /** What the load came to: rows and rejects of the one partition, and the notes at the end. */
  record Outcome(long rows, long rejects, List<String> notes) {}

  /** Everything, from begin to complete. */
  Outcome load() {
    Dataset dataset = dataset();
    try (LoadRun run = loader.begin(plan());
        VectorSchemaRoot root = VectorSchemaRoot.create(dataset.schema(), allocator)) {
      run.prepare(dataset);
      fill(root);
      RecordWriter.Commit commit;
      try (RecordWriter writer = run.open(dataset, Partition.whole(dataset.name()))) {
        writer.write(new RecordBatch(root));
        commit = writer.commit();
      }
      return new Outcome(commit.rows(), commit.rejects(), run.complete().notes());
    }
  }

  private void fill(VectorSchemaRoot root) {
    root.getFieldVectors().forEach(FieldVector::allocateNew);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      ((VarBinaryVector) root.getVector(KeyValues.KEY)).setSafe(i, entry.key());
      ((VarCharVector) root.getVector(KeyValues.TYPE)).setSafe(i, bytes(entry.type()));
      if (entry.expires() != null) {
        ((TimeStampMilliTZVector) root.getVector(KeyValues.EXPIRES)).setSafe(i, entry.expires());
      }
      if (entry.value() != null) {
        ((VarBinaryVector) root.getVector(KeyValues.VALUE)).setSafe(i, entry.value());
      }
      if (entry.flags() != null) {
        ((BigIntVector) root.getVector(Records.FLAGS)).setSafe(i, entry.flags());
      }
    }
    root.setRowCount(entries.size());
  }

  @Override
  public void close() {
    loader.close();
    allocator.close();
  }
}
