package dev.godwit.extractor.mongodb.read;

import dev.godwit.extractor.mongodb.schema.Collections;
import dev.godwit.extractor.mongodb.schema.Definitions;
import dev.godwit.extractor.mongodb.schema.ListedCollection;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Estimate;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;

/** One database at the instant that its server can show. */
public final class MongoRun implements ExtractRun {
  /** What the documents of every collection look like from outside. */
  static final Schema SCHEMA = new Schema(List.of(Fields.bson("document", "document")));

  private final MongoConnection server;
  private final Source source;
  private final Selection selection;
  private final Instant instant;
  private final Map<DatasetName, Estimate> estimates;
  private final Definitions definitions;
  private final CollectionReading reading;

  private MongoRun(
      MongoConnection server,
      Source source,
      Selection selection,
      List<ListedCollection> listed,
      Instant instant,
      ReadOptions options,
      PluginContext context) {
    this.server = server;
    this.source = source;
    this.selection = selection;
    this.instant = instant;
    this.estimates = estimates(server, source.database(), selection);
    this.definitions =
        new Definitions(
            server, source.database(), listed, selection.taken().keySet(), options.roles());
    this.reading =
        new CollectionReading(
            server,
            source.database(),
            selection,
            estimates,
            options,
            new Sessions(server, instant, context.cancellation()),
            context);
  }

  /**
   * Begins to read: takes the instant first, so that what is listed then is not older.
   *
   * @throws GodwitException {@code USAGE} where the filter matches nothing or is not understood
   */
  public static MongoRun begin(
      MongoConnection server,
      ExtractRequest request,
      ReadOptions options,
      Guarantee guarantee,
      PluginContext context) {
    context.cancellation().check();
    String database = request.source().database();
    Instant instant = Instant.take(server, database, guarantee);
    List<ListedCollection> all = Collections.all(server, database);
    List<ListedCollection> listed = Collections.ofUsers(all);
    Selection selection = new Selection(database, listed, request.filter());
    if (Collections.holdUnfinishedLoad(all)) {
      context
          .warnings()
          .accept(
              "database '"
                  + database
                  + "' holds a load that did not come to its end (collection "
                  + Collections.LEDGER
                  + "): what it lacks is lacking here too");
    }
    return new MongoRun(server, request.source(), selection, listed, instant, options, context);
  }

  private static Map<DatasetName, Estimate> estimates(
      MongoConnection server, String database, Selection selection) {
    Map<DatasetName, Estimate> estimates = new TreeMap<>();
    selection
        .taken()
        .forEach(
            (name, collection) ->
                estimates.put(name, Statistics.of(server, database, collection.name())));
    return estimates;
  }

  @Override
  public StoreInfo info() {
    return server.info();
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public Catalogue catalogue() {
    return new Catalogue() {
      @Override
      public Stream<Dataset> datasets() {
        return selection.taken().entrySet().stream()
            .map(taken -> dataset(taken.getKey(), taken.getValue()))
            .sorted(
                Comparator.comparingLong((Dataset d) -> d.estimate().bytes())
                    .reversed()
                    .thenComparing(Dataset::name));
      }

      @Override
      public Stream<SchemaObject> objects() {
        return definitions.objects();
      }

      @Override
      public SortedMap<String, Long> notCarried() {
        return definitions.notCarried();
      }
    };
  }

  private Dataset dataset(DatasetName name, ListedCollection collection) {
    return new Dataset(
        name,
        collection.kind().word(),
        SCHEMA,
        List.of("document"),
        List.of(),
        List.of(),
        List.of(),
        "",
        estimates.get(name),
        Map.of());
  }

  @Override
  public Reading reading() {
    return reading;
  }

  @Override
  public Conclusion conclude() {
    Map<String, String> now =
        Collections.of(server, source.database()).stream()
            .collect(Collectors.toMap(ListedCollection::name, ListedCollection::identity));
    selection
        .taken()
        .forEach(
            (name, collection) -> {
              if (!collection.identity().equals(now.get(collection.name()))) {
                throw new GodwitException(
                    ExitCode.FAILED,
                    "collection " + name + " was dropped or renamed while it was read",
                    "run again when nobody changes collections");
              }
            });
    return new Conclusion(instant.point(), List.of());
  }

  @Override
  public void close() {}
}
