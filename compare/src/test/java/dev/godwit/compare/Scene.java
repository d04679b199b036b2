package dev.godwit.compare;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.memory.MemoryServer;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Shape;
import dev.godwit.testkit.row.Row;
import dev.godwit.transfer.TransferEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Two stores in memory, and what comparing them tells. */
final class Scene implements AutoCloseable {
  private final MemoryServer server = new MemoryServer();
  private final RootAllocator allocator = new RootAllocator(256L << 20);
  private final List<ExtractRun> opened = new ArrayList<>();
  final MemoryStore a = server.create(Shape.TYPED);
  final MemoryStore b = server.create(Shape.TYPED);
  final List<Difference> differences = new ArrayList<>();
  final List<DatasetResult> results = new ArrayList<>();

  MemoryStore store(Shape shape) {
    return server.create(shape);
  }

  static Dataset table(String name, List<String> key, Field... fields) {
    Dataset plain = Dataset.of(DatasetName.of("shop", name), "table", new Schema(List.of(fields)));
    return new Dataset(
        plain.name(),
        plain.kind(),
        plain.schema(),
        List.of(),
        key,
        List.of(),
        List.of(),
        "",
        Dataset.Estimate.UNKNOWN,
        Map.of());
  }

  /** The same dataset with the same rows on both sides. */
  void both(Dataset dataset, List<Row> rows) {
    a.put(dataset, rows);
    b.put(dataset, rows);
  }

  ComparedRun read(MemoryStore store, String options) {
    StoreUri uri = StoreUri.parse(server.uri(store) + options);
    StoreAddress address =
        new StoreAddress(uri, Options.bind(server.reading().options(), uri), PasswordSource.NONE);
    PluginContext context = new PluginContext(allocator, new Cancellation(), warning -> {}, 2);
    Extractor extractor = server.reading().open(address, context);
    ExtractRun run =
        extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL));
    opened.add(run);
    return ComparedRun.ofStore(run);
  }

  CompareReport compare() {
    return compare(read(a, ""), read(b, "?batch-rows=7&partition-rows=90"), Renames.NONE, 1 << 30);
  }

  CompareReport compare(ComparedRun left, ComparedRun right, Renames renames, long heap) {
    differences.clear();
    results.clear();
    CompareListener listener =
        new CompareListener() {
          @Override
          public void on(TransferEvent event) {}

          @Override
          public void difference(Difference difference) {
            differences.add(difference);
          }

          @Override
          public void compared(DatasetResult result) {
            results.add(result);
          }
        };
    PluginContext context = new PluginContext(allocator, new Cancellation(), warning -> {}, 2);
    return new Comparison(left, right, renames, 5, context, listener, heap).run();
  }

  @Override
  public void close() {
    opened.forEach(ExtractRun::close);
    allocator.close();
    server.close();
  }
}
