package dev.godwit.loader.mongodb;

import dev.godwit.extractor.mongodb.bson.Raw;
import dev.godwit.extractor.mongodb.schema.ListedCollection;
import dev.godwit.loader.mongodb.LoadOptions.IfExists;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Index;
import dev.godwit.spi.dataset.Dataset.Reference;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.extract.ExtractRun.Conclusion;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** A plan made by hand: collections without documents, and definitions of any server. */
final class Given implements AutoCloseable {
  private final RootAllocator allocator = new RootAllocator();
  private final List<Dataset> datasets = new ArrayList<>();
  private final List<SchemaObject> objects = new ArrayList<>();
  final String database;
  private final boolean drops;
  final Loader loader;
  private String engine = "mongodb";

  Given() {
    this(IfExists.FAIL);
  }

  Given(IfExists ifExists) {
    this(MongoServer.shared().freeName(), ifExists, true);
  }

  /**
   * Into a database that may hold something.
   *
   * @param drops whether it is dropped in the end
   */
  Given(String database, IfExists ifExists, boolean drops) {
    this.database = database;
    this.drops = drops;
    String target = MongoServer.shared().uri(database);
    String option = "if-exists=" + ifExists.name().toLowerCase(java.util.Locale.ROOT);
    StoreUri uri = StoreUri.parse(target + (target.contains("?") ? "&" : "?") + option);
    MongoLoaderProvider provider = new MongoLoaderProvider();
    loader =
        provider.open(
            new StoreAddress(uri, Options.bind(provider.options(), uri), PasswordSource.NONE),
            new PluginContext(allocator, new Cancellation(), warning -> {}, 1));
  }

  Given dataset(String name, Field... fields) {
    Schema schema = new Schema(List.of(fields));
    datasets.add(Dataset.of(DatasetName.of("shop", name), "collection", schema));
    return this;
  }

  /** A dataset of another engine, as it was mapped. */
  Given mapped(
      DatasetName name, List<String> required, List<Index> indexes, List<Reference> references) {
    return mapped(name, required, indexes, references, Map.of());
  }

  Given mapped(
      DatasetName name,
      List<String> required,
      List<Index> indexes,
      List<Reference> references,
      Map<String, String> attributes) {
    engine = "elsewhere";
    datasets.add(
        new Dataset(
            name,
            "collection",
            new Schema(List.of(Fields.bson("document", "document"))),
            required,
            List.of(),
            indexes,
            references,
            "",
            Dataset.Estimate.UNKNOWN,
            attributes));
    return this;
  }

  Given collection(String name, String create) {
    BsonDocument options = BsonDocument.parse(create);
    String kind = new ListedCollection(new BsonDocument("options", options)).kind().word();
    Schema schema = new Schema(List.of(Fields.bson("document", "document")));
    datasets.add(Dataset.of(DatasetName.of("shop", name), kind, schema));
    return object("collection", Phase.BEFORE_DATA, DatasetName.of("shop", name), create, name);
  }

  Given object(String kind, Phase phase, DatasetName name, String json, String... of) {
    objects.add(
        new SchemaObject(
            kind + ":" + name,
            kind,
            name,
            json,
            List.of(),
            phase,
            Stream.of(of).map(collection -> DatasetName.of("shop", collection)).toList(),
            Map.of("bson", Raw.encode(RawBsonDocument.parse(json)))));
    return this;
  }

  LoadPlan plan() {
    return plan(false);
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
    return new LoadPlan("plan", origin, catalogue, Renames.NONE, false, resume);
  }

  List<String> obstacles() {
    return loader.inspect(plan()).stream().map(Loader.Obstacle::what).toList();
  }

  /** Everything, from begin to complete; what it notes. */
  List<String> load() {
    return load(() -> {});
  }

  /** The same, with documents that come between. */
  List<String> load(Runnable documents) {
    try (LoadRun run = loader.begin(plan())) {
      try (Stream<Dataset> all = plan().catalogue().datasets()) {
        all.forEach(run::prepare);
      }
      documents.run();
      ConsistencyPoint point = new ConsistencyPoint(Guarantee.FUZZY, "");
      for (LoadRun.Stage stage : run.finish(new Conclusion(point, List.of()))) {
        stage.steps().forEach(step -> step.work().run());
      }
      return run.complete().notes();
    }
  }

  /** The answer of the target's database. */
  String ask(String json) {
    return MongoServer.shared().ask(database, json);
  }

  @Override
  public void close() {
    loader.close();
    allocator.close();
    if (drops) {
      MongoServer.shared().drop(database);
    }
  }
}
