package dev.godwit.extractor.mongodb.session;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;

/**
 * An open server: the driver's pool, bounded by the run's jobs, and what the server said of itself.
 * Safe for use by several threads.
 */
public final class MongoConnection implements AutoCloseable {
  /** What a server that reads and writes is called, whoever made it. */
  public static final String ENGINE = "mongodb";

  private static final int EXTRA_CONNECTIONS = 2;

  private final MongoClient client;
  private final String host;
  private final String path;
  private final ServerFailure failures;
  private final BsonDocument hello;
  private final StoreInfo info;

  private MongoConnection(MongoClient client, String host, String path, ServerFailure failures) {
    this.client = client;
    this.host = host;
    this.path = path;
    this.failures = failures;
    this.hello = hello();
    this.info = new StoreInfo(ENGINE, version(), Identity.of(this));
  }

  /**
   * Connects and asks who answers.
   *
   * @throws dev.godwit.spi.error.GodwitException with the role's exit code where host or login do
   *     not answer
   */
  public static MongoConnection open(StoreAddress address, Role role, PluginContext context) {
    context.cancellation().check();
    MongoAddress where = new MongoAddress(address);
    ServerFailure failures =
        new ServerFailure(role, where.display(), where.logsIn(), context.cancellation());
    MongoClientSettings settings =
        where
            .settings()
            .applyToConnectionPoolSettings(pool -> pool.maxSize(context.jobs() + EXTRA_CONNECTIONS))
            .build();
    MongoClient client = null;
    try {
      client = MongoClients.create(settings);
      return new MongoConnection(client, where.display(), address.uri().path(), failures);
    } catch (MongoException e) {
      close(client);
      throw failures.unreachable("cannot connect", e);
    } catch (RuntimeException e) {
      close(client);
      throw e;
    }
  }

  private static void close(MongoClient client) {
    if (client != null) {
      client.close();
    }
  }

  /** What a driver may ask first; servers before 4.4.2 know it by its older name. */
  private BsonDocument hello() {
    return ask("admin", new BsonDocument("hello", new BsonInt32(1)))
        .orElseGet(() -> command("admin", new BsonDocument("isMaster", new BsonInt32(1))));
  }

  private String version() {
    return ask("admin", new BsonDocument("buildInfo", new BsonInt32(1)))
        .map(answer -> answer.getString("version").getValue())
        .orElse("unknown");
  }

  /** What answered. */
  public StoreInfo info() {
    return info;
  }

  /** Hosts and ports, for people. */
  public String host() {
    return host;
  }

  /** The database that the URI names; empty where it names none. */
  public String path() {
    return path;
  }

  /** Says why something failed. */
  public ServerFailure failures() {
    return failures;
  }

  /** The driver. */
  public MongoClient client() {
    return client;
  }

  /** A database. */
  public MongoDatabase database(String name) {
    return client.getDatabase(name);
  }

  /** A collection of raw documents. */
  public MongoCollection<RawBsonDocument> collection(String database, String name) {
    return client.getDatabase(database).getCollection(name, RawBsonDocument.class);
  }

  /** The names of all databases that the user may see. */
  public List<String> databases() {
    try {
      return client.listDatabaseNames().into(new ArrayList<>());
    } catch (MongoException e) {
      throw failures.of("cannot list the databases of " + host, e);
    }
  }

  /** Runs a command. */
  public RawBsonDocument command(String database, BsonDocument command) {
    return client.getDatabase(database).runCommand(command, RawBsonDocument.class);
  }

  /** Runs a command that the server may not know, or not allow; empty where it refuses. */
  public Optional<BsonDocument> ask(String database, BsonDocument command) {
    try {
      return Optional.of(command(database, command));
    } catch (MongoCommandException e) {
      return Optional.empty();
    }
  }

  /**
   * The newest wire protocol of the server: 13 is 5.0, 17 is 6.0, 21 is 7.0, 25 is 8.0.
   *
   * @see <a href="https://github.com/mongodb/specifications">the drivers' specifications</a>
   */
  public int wireVersion() {
    return hello.getNumber("maxWireVersion", new BsonInt32(0)).intValue();
  }

  /** The name of the replica set; empty where there is none. */
  public Optional<String> replicaSet() {
    return hello.containsKey("setName")
        ? Optional.of(hello.getString("setName").getValue())
        : Optional.empty();
  }

  /** Whether this is a router of a sharded cluster. */
  public boolean sharded() {
    return hello.containsKey("msg")
        && hello.get("msg").isString()
        && hello.getString("msg").getValue().equals("isdbgrid");
  }

  /**
   * Whether it knows the command that every server since 4.4.2 knows; stand-ins for tests do not.
   */
  public boolean knowsHello() {
    return hello.containsKey("isWritablePrimary");
  }

  /** Whether the server knows sessions, which can be ended from elsewhere. */
  public boolean sessions() {
    return hello.containsKey("logicalSessionTimeoutMinutes");
  }

  @Override
  public void close() {
    client.close();
  }
}
