package dev.godwit.extractor.memcached;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.record.KeyValues;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;

/** One run over one server, its only partition opened. */
final class Reading implements AutoCloseable {
  private final RootAllocator allocator = new RootAllocator();
  private final List<String> warnings = new ArrayList<>();
  private final Extractor extractor;
  private final ExtractRun run;
  private RecordReader reader;

  Reading(String uri) {
    StoreUri parsed = StoreUri.parse(uri);
    MemcachedExtractorProvider provider = new MemcachedExtractorProvider();
    this.extractor =
        provider.open(
            new StoreAddress(parsed, Options.bind(provider.options(), parsed), PasswordSource.NONE),
            new PluginContext(allocator, new Cancellation(), warnings::add, 1));
    this.run = extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL));
  }

  /** Opens the partition, which lists its keys. */
  Reading open() {
    var dataset = run.catalogue().datasets().findFirst().orElseThrow();
    reader =
        ((dev.godwit.spi.extract.Reading.Partitioned) run.reading())
            .open(dataset, Partition.whole(dataset.name()));
    return this;
  }

  /** How many items the next batch has. */
  int batch() {
    return ((RecordBatch) reader.next()).rowCount();
  }

  /** Reads the next item, a large value; how many bytes it has. */
  long large() throws IOException {
    return ((LargeValue) reader.next()).bytes().transferTo(OutputStream.nullOutputStream());
  }

  /** All rows that are left, by key: the other columns as text. */
  Map<String, String> rest() {
    Map<String, String> rows = new TreeMap<>();
    for (RecordItem item; (item = reader.next()) != null; ) {
      RecordBatch batch = (RecordBatch) item;
      for (int row = 0; row < batch.rowCount(); row++) {
        List<String> cells = new ArrayList<>();
        for (FieldVector column : batch.rows().getFieldVectors().subList(1, columns(batch))) {
          Object cell = column.getObject(row);
          cells.add(cell instanceof byte[] bytes ? text(bytes) : String.valueOf(cell));
        }
        byte[] key = (byte[]) batch.rows().getVector(KeyValues.KEY).getObject(row);
        rows.put(text(key), String.join(" ", cells));
      }
    }
    return rows;
  }

  private static int columns(RecordBatch batch) {
    return batch.rows().getFieldVectors().size();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Ends the run; the lines that a person should read. */
  List<String> conclude() {
    reader.close();
    reader = null;
    run.conclude();
    return warnings;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
    run.close();
    extractor.close();
    allocator.close();
  }
}
