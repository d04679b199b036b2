package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.RedisExtractorProvider;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.Renames;
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
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;

/** Loads what lies in one server into another, by the contracts of both. */
final class Copy implements AutoCloseable {
  private final RootAllocator allocator = new RootAllocator();
  private final Cancellation cancellation = new Cancellation();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final PluginContext context =
      new PluginContext(allocator, cancellation, warnings::add, 1);
  private final Extractor extractor;
  private final ExtractRun run;
  private final Loader loader;
  private Renames renames = Renames.NONE;

  Copy(String from, String to) {
    RedisExtractorProvider source = new RedisExtractorProvider();
    RedisLoaderProvider target = new RedisLoaderProvider();
    this.loader = target.open(address(to, target.options()), context);
    this.extractor = source.open(address(scanned(from), source.options()), context);
    this.run = begin(extractor);
  }

  private static String scanned(String uri) {
    return uri + (uri.contains("?") ? "&" : "?") + "reading=scan";
  }

  private static StoreAddress address(String uri, List<dev.godwit.spi.store.OptionSpec> options) {
    StoreUri parsed = StoreUri.parse(uri);
    return new StoreAddress(parsed, Options.bind(options, parsed), PasswordSource.NONE);
  }

  private static ExtractRun begin(Extractor extractor) {
    return extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL));
  }

  Copy renamed(Renames renames) {
    this.renames = renames;
    return this;
  }

  LoadPlan plan(boolean resume) {
    return new LoadPlan("copy", extractor.info(), run.catalogue(), renames, false, resume);
  }

  List<Loader.Obstacle> obstacles() {
    return loader.inspect(plan(false));
  }

  List<String> warnings() {
    return warnings;
  }

  /** Everything, from begin to complete; what it notes. */
  List<String> all() {
    try (LoadRun load = loader.begin(plan(false))) {
      push(load);
      return finish(load);
    }
  }

  List<String> finish(LoadRun load) {
    for (LoadRun.Stage stage : load.finish(run.conclude())) {
      stage.steps().forEach(step -> step.work().run());
    }
    return load.complete().notes();
  }

  LoadRun begin(boolean resume) {
    return loader.begin(plan(resume));
  }

  /** Everything but what comes after the data; what each database came to. */
  List<RecordWriter.Commit> push(LoadRun load) {
    List<RecordWriter.Commit> commits = new ArrayList<>();
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      datasets.forEach(
          dataset -> {
            load.prepare(dataset);
            Partition whole = Partition.whole(dataset.name());
            if (load.holds(whole)) {
              return;
            }
            try (RecordReader reader = ((Reading.Partitioned) run.reading()).open(dataset, whole);
                RecordWriter writer = load.open(dataset, whole)) {
              for (RecordItem item; (item = reader.next()) != null; ) {
                writer.write(item);
              }
              commits.add(writer.commit());
            }
          });
    }
    return commits;
  }

  /** Every key of a server with type, expiry and typed value, as the extractor reads it. */
  static SortedMap<String, String> typed(String uri) {
    SortedMap<String, String> all = new TreeMap<>();
    try (Copy same = new Copy(uri, uri)) {
      try (Stream<Dataset> datasets = same.run.catalogue().datasets()) {
        datasets.forEach(dataset -> same.read(dataset, all));
      }
    }
    return all;
  }

  private void read(Dataset dataset, SortedMap<String, String> into) {
    try (RecordReader reader =
        ((Reading.Partitioned) run.reading()).open(dataset, Partition.whole(dataset.name()))) {
      for (RecordItem item; (item = reader.next()) != null; ) {
        if (item instanceof LargeValue large) {
          large.bytes().transferTo(java.io.OutputStream.nullOutputStream());
        } else {
          add(dataset, (RecordBatch) item, into);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Dataset dataset, RecordBatch batch, SortedMap<String, String> into) {
    for (int row = 0; row < batch.rowCount(); row++) {
      List<Object> parts = new ArrayList<>();
      for (int column = KeyValues.TYPE; column <= KeyValues.ELEMENTS; column++) {
        LargeReference large = batch.largeAt(row, column);
        Object value = batch.rows().getVector(column).getObject(row);
        parts.add(
            large != null
                ? large.length() + " " + HexFormat.of().formatHex(large.sha256())
                : value instanceof byte[] bytes ? Arrays.hashCode(bytes) + hex(bytes) : value);
      }
      byte[] key = (byte[]) batch.rows().getVector(KeyValues.KEY).getObject(row);
      into.put(dataset.name() + " " + hex(key), parts.toString());
    }
  }

  private static String hex(byte[] bytes) {
    boolean text = true;
    for (byte b : bytes) {
      text &= b >= 0x20 && b < 0x7f;
    }
    int shown = Math.min(bytes.length, 100);
    return text
        ? new String(bytes, 0, shown, java.nio.charset.StandardCharsets.US_ASCII)
        : HexFormat.of().formatHex(bytes, 0, shown);
  }

  @Override
  public void close() {
    run.close();
    extractor.close();
    loader.close();
    allocator.close();
  }
}
