package dev.godwit.extractor.redis.session;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Secret;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.spi.store.StoreUri;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/** A server: how connections to it are opened, and what it said of itself. */
public final class RedisServer {
  /** What a server that reads and writes is called, whoever made it. */
  public static final String ENGINE = "redis";

  private static final int PORT = 6379;

  private final StoreAddress address;
  private final Sockets sockets;
  private final RedisFailure failures;
  private final Optional<Secret> password;
  private final String host;
  private final Cancellation cancellation;
  private final Map<String, String> told;

  private RedisServer(StoreAddress address, Role role, PluginContext context) {
    StoreUri uri = address.uri();
    StoreUri.HostPort where =
        uri.hosts().isEmpty() ? new StoreUri.HostPort("127.0.0.1", PORT) : uri.hosts().get(0);
    if (uri.hosts().size() > 1) {
      throw new GodwitException(
          ExitCode.USAGE, "one host is named at a time, not " + uri.hosts().size(), "name one");
    }
    this.address = address;
    this.host = where.host() + ":" + where.portOr(PORT);
    this.cancellation = context.cancellation();
    this.sockets =
        new Sockets(
            where.host(), where.portOr(PORT), uri.scheme().equals("rediss"), address.options());
    this.failures = new RedisFailure(role, host, cancellation);
    this.password =
        address
            .password()
            .given()
            .or(uri::password)
            .or(() -> Optional.ofNullable(System.getenv("REDISCLI_AUTH")).map(Secret::of))
            .or(() -> uri.user().flatMap(user -> address.password().prompt(uri.display())));
    try (RedisConnection connection = connect()) {
      this.told = info(connection);
      if (database().isPresent()) {
        open(connection, database().get(), role);
      }
    }
  }

  /**
   * Connects and asks who answers.
   *
   * @throws GodwitException with the role's exit code where host or login do not answer
   */
  public static RedisServer open(StoreAddress address, Role role, PluginContext context) {
    context.cancellation().check();
    return new RedisServer(address, role, context);
  }

  private void open(RedisConnection connection, int database, Role role) {
    try {
      Object ignored = connection.ask("SELECT", Integer.toString(database));
    } catch (redis.clients.jedis.exceptions.JedisDataException e) {
      throw RedisFailure.told(e).startsWith("NOPERM")
          ? failures.of("cannot open db" + database, "SELECT", e)
          : new GodwitException(
              role.unreachable(), host + " has no database " + database, RedisFailure.told(e), e);
    }
  }

  private static Map<String, String> info(RedisConnection connection) {
    Map<String, String> told = new HashMap<>();
    String all =
        new String(
            (byte[]) connection.call("cannot ask what answers", "INFO"), StandardCharsets.UTF_8);
    all.lines()
        .filter(line -> line.contains(":"))
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              told.put(line.substring(0, colon), line.substring(colon + 1).strip());
            });
    return told;
  }

  /** Opens a connection, logged in. */
  public RedisConnection connect() {
    return connect(sockets);
  }

  /** Opens a connection to another node of the same cluster, logged in alike. */
  public RedisConnection connectTo(String node, int port) {
    boolean encrypted = address.uri().scheme().equals("rediss");
    return connect(new Sockets(node, port, encrypted, address.options()));
  }

  private RedisConnection connect(Sockets sockets) {
    cancellation.check();
    Socket[] opened = new Socket[1];
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .socketTimeoutMillis((int) address.options().number(ConnectionOptions.ANSWER))
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    address.uri().user().filter(user -> password.isPresent()).ifPresent(config::user);
    password.ifPresent(secret -> config.password(secret.reveal()));
    try {
      Connection connection =
          new Connection(() -> opened[0] = sockets.createSocket(), config.build());
      connection.connect();
      return new RedisConnection(connection, opened[0], failures);
    } catch (JedisException e) {
      throw failures.lost(e);
    }
  }

  /** Opens a connection to a database. */
  public RedisConnection connect(int database) {
    RedisConnection connection = connect();
    try {
      Object ignored =
          connection.call("cannot open db" + database, "SELECT", Integer.toString(database));
      return connection;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What answered. Redis has no id of a server that outlives a restart, so it is its address. */
  public StoreInfo info() {
    return new StoreInfo(ENGINE, version(), host);
  }

  /** The version; of Valkey its own. */
  public String version() {
    return told.getOrDefault("valkey_version", told.getOrDefault("redis_version", "unknown"));
  }

  /** Whether the commands of this version of Redis are known. */
  public boolean atLeast(int major, int minor) {
    String version = told.getOrDefault("redis_version", "0.0.0");
    int first = version.indexOf('.');
    int second = version.indexOf('.', first + 1);
    try {
      int has =
          Integer.parseInt(version.substring(0, first)) * 1000
              + Integer.parseInt(version.substring(first + 1, second));
      return has >= major * 1000 + minor;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  /** What {@code INFO} told when it was opened, by its name there; empty where it told no such. */
  public String told(String name) {
    return told.getOrDefault(name, "");
  }

  /** Whether it is one node of a cluster. */
  public boolean clustered() {
    return told.getOrDefault("cluster_enabled", "0").equals("1");
  }

  /** A number of {@code INFO}, asked anew; -1 where it is not told. */
  public static long number(RedisConnection connection, String name) {
    try {
      return Long.parseLong(info(connection).getOrDefault(name, "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** A text of {@code INFO}, as it was told first; empty where it was not. */
  public String text(String name) {
    return told.getOrDefault(name, "");
  }

  /** The databases that hold keys, and how many. */
  public static SortedMap<Integer, Long> databases(RedisConnection connection) {
    SortedMap<Integer, Long> databases = new TreeMap<>();
    info(connection)
        .forEach(
            (name, value) -> {
              if (name.matches("db[0-9]+") && value.startsWith("keys=")) {
                int comma = value.indexOf(',');
                String keys = value.substring("keys=".length(), comma < 0 ? value.length() : comma);
                databases.put(Integer.parseInt(name.substring(2)), Long.parseLong(keys));
              }
            });
    return databases;
  }

  /**
   * The database that the URI names; empty where it names none.
   *
   * @throws GodwitException {@code USAGE} where it is no number
   */
  public Optional<Integer> database() {
    String path = address.uri().path();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String number = path.startsWith("db") ? path.substring(2) : path;
    if (!number.matches("[0-9]{1,6}")) {
      throw new GodwitException(
          ExitCode.USAGE,
          "databases are numbers, not '" + path + "'",
          "write redis://host:6379/0, or leave the number out for all of them");
    }
    return Optional.of(Integer.parseInt(number));
  }

  /** Host and port, for people. */
  public String host() {
    return host;
  }

  /** Says why something failed. */
  public RedisFailure failures() {
    return failures;
  }
}
