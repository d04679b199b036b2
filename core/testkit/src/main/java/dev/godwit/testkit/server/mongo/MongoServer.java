package dev.godwit.testkit.server.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.godwit.testkit.row.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Assumptions;

/**
 * A server that speaks MongoDB's protocol. By default mongo-java-server, a stand-in that keeps
 * plain collections and little else, one for each test JVM; {@code
 * GODWIT_TEST_MONGODB=mongodb://host:port/} names a real one to be used instead.
 */
public final class MongoServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static MongoServer shared;

  private final MongoClient client;
  private final String address;
  private final String options;
  private final boolean standIn;
  private final Map<Ability, Boolean> abilities = new ConcurrentHashMap<>();

  private MongoServer(String address, String options, boolean standIn) {
    this.address = address;
    this.options = options;
    this.standIn = standIn;
    this.client = MongoClients.create(address + "/" + options);
  }

  /** The server that all tests of this JVM share. */
  public static synchronized MongoServer shared() {
    if (shared == null) {
      String given = System.getenv("GODWIT_TEST_MONGODB");
      shared = given == null || given.isEmpty() ? startStandIn() : named(given);
    }
    return shared;
  }

  private static MongoServer named(String uri) {
    int slash = uri.indexOf('/', uri.indexOf("://") + 3);
    int question = uri.indexOf('?');
    int end = slash >= 0 ? slash : question >= 0 ? question : uri.length();
    String options = question < 0 ? "" : uri.substring(question);
    return new MongoServer(uri.substring(0, end), options, false);
  }

  private static MongoServer startStandIn() {
    MemoryBackend backend = new MemoryBackend();
    var ignored = backend.version(ServerVersion.MONGO_5_0); // the newest that drivers still take
    de.bwaldvogel.mongo.MongoServer server = new de.bwaldvogel.mongo.MongoServer(backend);
    int port = server.bind().getPort();
    return new MongoServer("mongodb://127.0.0.1:" + port, "", true);
  }

  /** Whether this is the stand-in. */
  public boolean standIn() {
    return standIn;
  }

  /** What it is, for people, such as {@code mongo-java-server (5.0.0)}. */
  public String describe() {
    BsonDocument info =
        client
            .getDatabase("admin")
            .runCommand(BsonDocument.parse("{buildInfo: 1}"), BsonDocument.class);
    String version = info.getString("version").getValue();
    String kind =
        standIn ? "mongo-java-server" : info.containsKey("ferretdb") ? "FerretDB" : "server";
    return kind + " (" + version + ")";
  }

  /** A name that no database has. */
  public String freeName() {
    return "test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
  }

  /** The URI by which Godwit knows a database of this server. */
  public String uri(String database) {
    return address + "/" + database + options;
  }

  /** The driver's own view of a database. */
  public MongoDatabase database(String name) {
    return client.getDatabase(name);
  }

  /** A collection of raw documents. */
  public MongoCollection<RawBsonDocument> collection(String database, String name) {
    return client.getDatabase(database).getCollection(name, RawBsonDocument.class);
  }

  /** Whether the server can do something. */
  public boolean can(Ability ability) {
    return abilities.computeIfAbsent(ability, a -> a.isOf(this));
  }

  /** Leaves a test out, with the reason told, where the server cannot do something. */
  public void need(Ability ability) {
    Assumptions.assumeTrue(
        can(ability), () -> describe() + " has no " + ability.name().toLowerCase(Locale.ROOT));
  }

  /** Whether the database is there: one without collections is not. */
  public boolean has(String database) {
    return client.listDatabaseNames().into(new ArrayList<>()).contains(database);
  }

  /** Inserts a document as it is; false where the server does not take it. */
  public boolean insert(String database, String collection, byte[] document) {
    try {
      return collection(database, collection)
          .insertOne(new RawBsonDocument(document))
          .wasAcknowledged();
    } catch (MongoException e) {
      return false;
    }
  }

  /** The documents of a collection, to the byte; in no order. */
  public Set<Bytes> documents(String database, String collection) {
    Set<Bytes> all = new HashSet<>();
    for (RawBsonDocument document : collection(database, collection).find()) {
      ByteBuffer raw = document.getByteBuffer().asNIO();
      byte[] bytes = new byte[raw.remaining()];
      raw.get(bytes);
      all.add(new Bytes(bytes));
    }
    return all;
  }

  /** The answer to a command, as Extended JSON. */
  public String ask(String database, String json) {
    return command(database, json).toJson();
  }

  /** Removes a database. */
  public void drop(String database) {
    client.getDatabase(database).drop();
  }

  /** Runs a command, written in Extended JSON. */
  public BsonDocument command(String database, String json) {
    return client.getDatabase(database).runCommand(BsonDocument.parse(json), BsonDocument.class);
  }
}
