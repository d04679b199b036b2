package dev.godwit.extractor.redis;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.extract.RecordStream;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * What is read of a server.
 *
 * @param keys every key, as {@link KeyText} writes it; one that was met again has {@code again}
 * @param guarantee what was said of the instant
 * @param warnings what a person was told
 * @param objects what lies beside the keys
 */
record KeysRead(
    SortedMap<String, String> keys,
    Guarantee guarantee,
    List<String> warnings,
    List<SchemaObject> objects) {

  /** Reads all of it. */
  static KeysRead of(String uri) {
    return of(uri, DatasetFilter.ALL, () -> {});
  }

  /**
   * Reads what a filter takes.
   *
   * @param begun is run once the reading has begun, before the first key
   */
  static KeysRead of(String uri, DatasetFilter filter, Runnable begun) {
    SortedMap<String, String> keys = new TreeMap<>();
    List<String> warnings = new CopyOnWriteArrayList<>();
    StoreUri parsed = StoreUri.parse(uri);
    RedisExtractorProvider provider = new RedisExtractorProvider();
    StoreAddress address =
        new StoreAddress(parsed, Options.bind(provider.options(), parsed), PasswordSource.NONE);
    try (RootAllocator allocator = new RootAllocator(64 << 20);
        Extractor extractor =
            provider.open(
                address, new PluginContext(allocator, new Cancellation(), warnings::add, 2));
        ExtractRun run = extractor.begin(new ExtractRequest(extractor.sources().get(0), filter))) {
      begun.run();
      read(run, keys);
      Guarantee guarantee = run.conclude().point().guarantee();
      return new KeysRead(keys, guarantee, warnings, run.catalogue().objects().toList());
    }
  }

  private static void read(ExtractRun run, SortedMap<String, String> keys) {
    if (run.reading() instanceof Reading.OnePass pass) {
      try (RecordStream stream = pass.open()) {
        for (RecordStream.Entry entry; (entry = stream.next()) != null; ) {
          add(entry.dataset().name(), entry.item(), keys);
        }
      }
      return;
    }
    Reading.Partitioned reading = (Reading.Partitioned) run.reading();
    for (Dataset dataset : run.catalogue().datasets().toList()) {
      List<Partition> partitions = new ArrayList<>();
      reading.partitions(dataset).forEachRemaining(partitions::add);
      for (Partition partition : partitions) {
        try (RecordReader reader = reading.open(dataset, partition)) {
          for (RecordItem item; (item = reader.next()) != null; ) {
            add(dataset.name(), item, keys);
          }
        }
      }
    }
  }

  private static void add(DatasetName dataset, RecordItem item, SortedMap<String, String> keys) {
    if (item instanceof LargeValue large) {
      try {
        long read = large.bytes().transferTo(OutputStream.nullOutputStream());
        assert read > LargeValue.THRESHOLD;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return;
    }
    RecordBatch batch = (RecordBatch) item;
    VectorSchemaRoot rows = batch.rows();
    int database = Integer.parseInt(dataset.last().substring(2));
    for (int row = 0; row < batch.rowCount(); row++) {
      String type = new String(bytes(rows, KeyValues.TYPE, row), StandardCharsets.US_ASCII);
      TimeStampMilliTZVector expiries = (TimeStampMilliTZVector) rows.getVector(KeyValues.EXPIRES);
      long expires = expiries.isNull(row) ? -1 : expiries.get(row);
      String name = KeyText.name(database, bytes(rows, KeyValues.KEY, row));
      String value = value(batch, type, expires, row);
      keys.merge(name, value, (before, now) -> now + " again");
    }
  }

  private static String value(RecordBatch batch, String type, long expires, int row) {
    for (int column : new int[] {KeyValues.VALUE, KeyValues.ELEMENTS}) {
      LargeReference large = batch.largeAt(row, column);
      byte[] bytes = bytes(batch.rows(), column, row);
      if (large != null) {
        return type
            + " until "
            + (expires < 0 ? "ever" : expires)
            + " "
            + KeyText.summary(large.length(), large.sha256());
      } else if (bytes != null) {
        return KeyText.value(type, expires, bytes);
      }
    }
    throw new IllegalStateException("a key without a value");
  }

  private static byte[] bytes(VectorSchemaRoot rows, int column, int row) {
    BaseVariableWidthVector vector = (BaseVariableWidthVector) rows.getVector(column);
    if (vector.isNull(row)) {
      return null;
    }
    long from = vector.getStartOffset(row);
    byte[] bytes = new byte[vector.getValueLength(row)];
    vector.getDataBuffer().getBytes(from, bytes);
    return bytes;
  }
}
