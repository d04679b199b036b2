package dev.godwit.extractor.redis.session;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.spi.store.StoreUri;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** A server: how connections to it are opened, and what it said of itself. */
public final class RedisServer {
  /** What a server that reads and writes is called, whoever made it. */
  public static final String ENGINE = "redis";

  private final StoreAddress address;
  private final Sockets sockets;
  private final RedisFailure failures;
  private final Login login;
  private final String host;
  private final String identity;
  private final Map<String, String> told;

  /**
   * Connects to one host.
   *
   * @param where with its port
   * @param identity what retention knows it by
   */
  RedisServer(StoreAddress address, StoreUri.HostPort where, String identity, Login login) {
    this.address = address;
    this.identity = identity;
    this.login = login;
    this.host = where.host() + ":" + where.port();
    this.sockets =
        new Sockets(
            where.host(), where.port(), address.uri().scheme().equals("rediss"), address.options());
    this.failures = new RedisFailure(login.role(), host, login.cancellation());
    try (RedisConnection connection = connect()) {
      this.told = info(connection);
      if (told.getOrDefault("loading", "0").equals("1")) {
        throw failures.loading(null);
      }
      if (database().isPresent() && !login.sentinel()) {
        open(connection, database().get(), login.role());
      }
    }
  }

  /**
   * Connects and asks who answers. Where several hosts are named, any of them does: nodes of a
   * cluster, or the sentinels that know where a primary is.
   *
   * @throws GodwitException with the role's exit code where host or login do not answer
   */
  public static RedisServer open(StoreAddress address, Role role, PluginContext context) {
    context.cancellation().check();
    return new Seeds(address, Login.of(address, role, context)).open();
  }

  /** Another node of the same cluster, with the same login. */
  public RedisServer node(String nodeHost, int nodePort) {
    return new RedisServer(address, new StoreUri.HostPort(nodeHost, nodePort), identity, login);
  }

  private void open(RedisConnection connection, int database, Role role) {
    try {
      Object ignored = connection.ask("SELECT", Integer.toString(database));
    } catch (JedisDataException e) {
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
    login.cancellation().check();
    Socket[] opened = new Socket[1];
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol() // RESP2 everywhere; HELLO is not known before 6
            .socketTimeoutMillis((int) address.options().number(ConnectionOptions.ANSWER))
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    address.uri().user().filter(user -> login.password().isPresent()).ifPresent(config::user);
    login.password().ifPresent(secret -> config.password(secret.reveal()));
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

  /**
   * What answered. Redis has no id of a server that outlives a restart, so it is its address: of a
   * cluster the first that is named, behind sentinels the name that they know it by.
   */
  public StoreInfo info() {
    return new StoreInfo(ENGINE, version(), identity);
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

  /** Whether a command is known. Valkey says the version of the Redis that it came from. */
  public static boolean knows(RedisConnection connection, String command) {
    try {
      List<?> known = (List<?>) connection.ask("COMMAND", "INFO", command);
      return !known.isEmpty() && known.get(0) instanceof List<?> about && !about.isEmpty();
    } catch (JedisDataException e) {
      return false;
    }
  }

  /** Host and port without their names, for another connection to a node. */
  String hostName() {
    return host.substring(0, host.lastIndexOf(':'));
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
