package dev.godwit.extractor.mongodb.read;

import com.mongodb.MongoException;
import dev.godwit.extractor.mongodb.bson.Raw;
import dev.godwit.extractor.mongodb.schema.ListedCollection;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Estimate;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.PluginContext;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Reads the collections of a run by partitions. */
final class CollectionReading implements Reading.Partitioned {
  /** What the server puts into one answer: about a batch. */
  private static final int ANSWER_BYTES = 4 << 20;

  private static final int MOST_DOCUMENTS = 100_000;
  private static final int FEWEST_DOCUMENTS = 2;

  private final MongoConnection server;
  private final String database;
  private final Selection selection;
  private final Map<DatasetName, Estimate> estimates;
  private final ReadOptions options;
  private final Sessions sessions;
  private final PluginContext context;
  private final Map<DatasetName, List<BsonValue>> marks = new ConcurrentHashMap<>();

  CollectionReading(
      MongoConnection server,
      String database,
      Selection selection,
      Map<DatasetName, Estimate> estimates,
      ReadOptions options,
      Sessions sessions,
      PluginContext context) {
    this.server = server;
    this.database = database;
    this.selection = selection;
    this.estimates = estimates;
    this.options = options;
    this.sessions = sessions;
    this.context = context;
  }

  @Override
  public Iterator<Partition> partitions(Dataset dataset) {
    List<BsonValue> marks = marks(dataset.name());
    return IntStream.rangeClosed(0, marks.size())
        .mapToObj(
            i -> {
              String from = i == 0 ? null : text(marks.get(i - 1));
              String to = i == marks.size() ? null : text(marks.get(i));
              return new Partition(dataset.name(), i, Span.between("_id", from, to));
            })
        .iterator();
  }

  /** The mark as Extended JSON. */
  private static String text(BsonValue mark) {
    String document = Raw.json(new BsonDocument("_id", mark));
    return document.substring(document.indexOf(':') + 1, document.length() - 1).strip();
  }

  private List<BsonValue> marks(DatasetName name) {
    return marks.computeIfAbsent(name, this::divide);
  }

  private List<BsonValue> divide(DatasetName name) {
    ListedCollection collection = selection.taken().get(name);
    // Where ranges are not found by an index, each partition would go through the whole collection.
    boolean cheap = server.knowsHello() || options.sized();
    if (!cheap || !collection.orderedById() || selection.condition(name).isPresent()) {
      return List.of();
    }
    try {
      return Division.marks(
          server.collection(database, collection.name()),
          estimates.get(name),
          rule(name),
          options.partitionBytes(),
          context.cancellation());
    } catch (MongoException e) {
      throw server.failures().of("cannot divide " + name, e);
    }
  }

  private CutRule rule(DatasetName name) {
    return CutRule.forDocuments(averageBytes(name), options.partitionBytes());
  }

  private long averageBytes(DatasetName name) {
    Estimate estimate = estimates.get(name);
    return estimate.rows() > 0 && estimate.bytes() > 0 ? estimate.bytes() / estimate.rows() : 0;
  }

  @Override
  public RecordReader open(Dataset dataset, Partition partition) {
    DatasetName name = dataset.name();
    ListedCollection collection = selection.taken().get(name);
    List<BsonValue> marks = marks(name);
    int ordinal = partition.ordinal();
    List<Leg> legs =
        Leg.between(
            ordinal == 0 ? Optional.empty() : Optional.of(marks.get(ordinal - 1)),
            ordinal == marks.size() ? Optional.empty() : Optional.of(marks.get(ordinal)));
    long average = averageBytes(name);
    long documents = average == 0 ? FEWEST_DOCUMENTS * 50 : ANSWER_BYTES / average;
    return new DocumentReader(
        name,
        MongoRun.SCHEMA,
        new DocumentCursor.Query(
            server.collection(database, collection.name()),
            legs.iterator(),
            selection.condition(name),
            collection.orderedById(),
            collection.kind() == ListedCollection.Kind.CAPPED,
            (int) Math.max(FEWEST_DOCUMENTS, Math.min(MOST_DOCUMENTS, documents))),
        rule(name),
        sessions,
        server.failures(),
        context);
  }
}
