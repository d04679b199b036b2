package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.extract.ExtractRun.Conclusion;
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
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A plan made by hand: databases, keys, and definitions of any server. */
final class Handmade implements AutoCloseable {
  private final RootAllocator allocator = new RootAllocator();
  private final List<Dataset> datasets = new ArrayList<>(List.of(Records.dataset(0, -1)));
  private final List<SchemaObject> objects = new ArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  final Loader loader;
  private String engine = "redis";

  Handmade(String target) {
    StoreUri uri = StoreUri.parse(target);
    RedisLoaderProvider provider = new RedisLoaderProvider();
    this.loader =
        provider.open(
            new StoreAddress(uri, Options.bind(provider.options(), uri), PasswordSource.NONE),
            new PluginContext(allocator, new Cancellation(), warnings::add, 1));
  }

  List<String> warnings() {
    return warnings;
  }

  Handmade object(String kind, Phase phase, String name, String definition) {
    objects.add(
        new SchemaObject(
            kind + ":" + name,
            kind,
            DatasetName.of(name),
            definition,
            List.of(),
            phase,
            List.of(),
            Map.of()));
    return this;
  }

  /** Datasets of another kind of store, as they were mapped to keys. */
  Handmade mapped(String... names) {
    engine = "elsewhere";
    datasets.clear();
    for (String name : names) {
      datasets.add(Dataset.of(DatasetName.of("shop", name), "table", KeyValues.SCHEMA));
    }
    return this;
  }

  LoadPlan plan(boolean resume) {
    Catalogue catalogue =
        new Catalogue() {
          @Override
          public Stream<Dataset> datasets() {
            return datasets.stream();
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
    StoreInfo origin = new StoreInfo(engine, "8.0.0", "elsewhere");
    return new LoadPlan("handmade", origin, catalogue, Renames.NONE, false, resume);
  }

  List<String> obstacles() {
    return loader.inspect(plan(false)).stream().map(Loader.Obstacle::what).toList();
  }

  /** Writes one key into each dataset. */
  RecordWriter.Commit write(LoadRun run, String type, String key, byte[] value) {
    RecordWriter.Commit last = null;
    for (Dataset dataset : datasets) {
      run.prepare(dataset);
      try (VectorSchemaRoot root = VectorSchemaRoot.create(KeyValues.SCHEMA, allocator);
          RecordWriter writer = run.open(dataset, Partition.whole(dataset.name()))) {
        root.allocateNew();
        String name = datasets.size() == 1 ? key : key + ":" + dataset.name().last();
        ((VarBinaryVector) root.getVector(KeyValues.KEY))
            .setSafe(0, name.getBytes(StandardCharsets.UTF_8));
        ((VarCharVector) root.getVector(KeyValues.TYPE))
            .setSafe(0, type.getBytes(StandardCharsets.US_ASCII));
        if (type.equals("string") || type.equals("module")) {
          ((VarBinaryVector) root.getVector(KeyValues.VALUE)).setSafe(0, value);
        } else {
          ((VarCharVector) root.getVector(KeyValues.ELEMENTS)).setSafe(0, value);
        }
        root.setRowCount(1);
        writer.write(new RecordBatch(root));
        last = writer.commit();
      }
    }
    return last;
  }

  /** What comes after the data, and the end; what it notes. */
  List<String> finish(LoadRun run) {
    ConsistencyPoint point = new ConsistencyPoint(Guarantee.FUZZY, "");
    for (LoadRun.Stage stage : run.finish(new Conclusion(point, List.of()))) {
      stage.steps().forEach(step -> step.work().run());
    }
    return run.complete().notes();
  }

  @Override
  public void close() {
    loader.close();
    allocator.close();
  }
}
