package dev.godwit.extractor.mongodb.schema;

import com.mongodb.MongoException;
import dev.godwit.extractor.mongodb.bson.Raw;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * What a database is made of, as the commands that make it: collections, then their indexes, then
 * views, roles and users, then the indexes by which documents expire, so that none does during a
 * load.
 */
public final class Definitions {
  private final MongoConnection server;
  private final String database;
  private final List<ListedCollection> listed;
  private final Set<DatasetName> taken;
  private final Views views;
  private final Accounts accounts;
  private final boolean roles;

  /**
   * The definitions that belong to the collections taken.
   *
   * @param listed all collections and views of the database
   * @param roles whether users and roles are carried too
   */
  public Definitions(
      MongoConnection server,
      String database,
      List<ListedCollection> listed,
      Collection<DatasetName> taken,
      boolean roles) {
    this.server = server;
    this.database = database;
    this.listed = List.copyOf(listed);
    this.taken = new TreeSet<>(taken);
    this.views = new Views(listed);
    this.accounts = new Accounts(server, database);
    this.roles = roles;
  }

  /** All of them in order, asked for as they are gone through. */
  public Stream<SchemaObject> objects() {
    Stream<SchemaObject> before = collections().map(this::collection);
    Stream<SchemaObject> after = collections().flatMap(c -> indexes(c, false));
    Stream<SchemaObject> last =
        Stream.of(
                views.inOrder().stream().filter(this::isWhole).map(this::view),
                roles ? accounts.objects() : Stream.<SchemaObject>of(),
                collections().flatMap(c -> indexes(c, true)))
            .flatMap(s -> s);
    return Stream.of(before, after, last).flatMap(s -> s);
  }

  /** What is there and is not carried. */
  public SortedMap<String, Long> notCarried() {
    SortedMap<String, Long> counted = new TreeMap<>();
    if (!roles) {
      accounts.count().forEach((kind, number) -> counted.merge(kind, number, Long::sum));
    }
    if (server.sharded()) {
      long keys = Shards.keys(server, database);
      if (keys > 0) {
        counted.put("shard keys", keys);
      }
    }
    return counted;
  }

  private Stream<ListedCollection> collections() {
    return listed.stream().filter(c -> taken.contains(name(c.name())));
  }

  private DatasetName name(String collection) {
    return DatasetName.of(database, collection);
  }

  private SchemaObject collection(ListedCollection collection) {
    DatasetName name = name(collection.name());
    return object(
        Kinds.COLLECTION, name, create(collection), List.of(), Phase.BEFORE_DATA, List.of(name));
  }

  private static BsonDocument create(ListedCollection collection) {
    BsonDocument command = new BsonDocument("create", new BsonString(collection.name()));
    collection.options().forEach(command::append);
    BsonDocument idIndex = collection.listed().getDocument("idIndex", new BsonDocument());
    if (idIndex.containsKey("collation")) {
      command.append("idIndex", withoutNamespace(idIndex));
    }
    return command;
  }

  private Stream<SchemaObject> indexes(ListedCollection collection, boolean expiring) {
    List<SchemaObject> made = new ArrayList<>();
    DatasetName of = name(collection.name());
    try {
      for (BsonDocument index :
          server
              .database(database)
              .getCollection(collection.name())
              .listIndexes(BsonDocument.class)) {
        boolean expires = index.containsKey("expireAfterSeconds");
        if (expires == expiring && !comesWithItsCollection(index)) {
          BsonDocument command =
              new BsonDocument("createIndexes", new BsonString(collection.name()))
                  .append("indexes", new BsonArray(List.of(withoutNamespace(index))));
          made.add(
              object(
                  expires ? Kinds.EXPIRING_INDEX : Kinds.INDEX,
                  DatasetName.of(database, collection.name(), index.getString("name").getValue()),
                  command,
                  List.of(Kinds.COLLECTION + ":" + of),
                  expires ? Phase.LAST : Phase.AFTER_DATA,
                  List.of(of)));
        }
      }
    } catch (MongoException e) {
      throw server.failures().of("cannot list the indexes of " + of, e);
    }
    return made.stream();
  }

  /** The index of {@code _id}, and that by which a clustered collection is ordered. */
  private static boolean comesWithItsCollection(BsonDocument index) {
    BsonDocument onlyId = new BsonDocument("_id", new org.bson.BsonInt32(1));
    return index.containsKey("clustered")
        || (index.getString("name").getValue().equals("_id_")
            && index.getDocument("key").keySet().equals(onlyId.keySet()));
  }

  private static BsonDocument withoutNamespace(BsonDocument index) {
    BsonDocument copy = new BsonDocument();
    index.forEach(copy::append);
    copy.remove("ns"); // servers before 4.4 named it, and newer ones refuse it
    return copy;
  }

  private boolean isWhole(ListedCollection view) {
    Set<String> below = views.collectionsBelow(view);
    long all = listed.stream().filter(c -> c.kind() != ListedCollection.Kind.VIEW).count();
    return below.stream().allMatch(c -> taken.contains(name(c)))
        && (!below.isEmpty() || taken.size() == all);
  }

  private SchemaObject view(ListedCollection view) {
    BsonDocument command = new BsonDocument("create", new BsonString(view.name()));
    view.options().forEach(command::append);
    return object(
        Kinds.VIEW,
        name(view.name()),
        command,
        views.viewsReadBy(view).stream().map(v -> Kinds.VIEW + ":" + name(v)).toList(),
        Phase.LAST,
        views.collectionsBelow(view).stream().map(this::name).toList());
  }

  private static SchemaObject object(
      String kind,
      DatasetName name,
      BsonDocument command,
      List<String> dependencies,
      Phase phase,
      List<DatasetName> datasets) {
    return new SchemaObject(
        kind + ":" + name,
        kind,
        name,
        Raw.json(command),
        dependencies,
        phase,
        datasets,
        Kinds.keeping(command));
  }
}
