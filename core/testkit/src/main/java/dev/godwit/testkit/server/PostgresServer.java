package dev.godwit.testkit.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;

/**
 * A real PostgreSQL. By default the newest that Maven Central brings, one for each test JVM,
 * started at first use and stopped with the JVM; {@code
 * GODWIT_TEST_POSTGRESQL=postgresql://user@host:port/} names another to be used instead.
 *
 * <p>Other versions come as jars {@code <version>.jar} (such as {@code 14.jar}) in the folder that
 * the system property {@code godwit.test.postgresql.binaries} names.
 */
public final class PostgresServer implements AutoCloseable {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  /** A busy machine with a slow disk takes its time; the library's own patience is ten seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static PostgresServer shared;

  private final Closeable server;
  private final String host;
  private final int port;
  private final String user;

  private PostgresServer(Closeable server, String host, int port, String user) {
    this.server = server;
    this.host = host;
    this.port = port;
    this.user = user;
  }

  /** The server that all tests of this JVM share. */
  public static synchronized PostgresServer shared() {
    if (shared == null) {
      String given = System.getenv("GODWIT_TEST_POSTGRESQL");
      shared = given == null ? start(Map.of()) : named(given);
    }
    return shared;
  }

  private static PostgresServer named(String uri) {
    java.net.URI parsed = java.net.URI.create(uri);
    int port = parsed.getPort() < 0 ? 5432 : parsed.getPort();
    return new PostgresServer(() -> {}, parsed.getHost(), port, parsed.getUserInfo());
  }

  /**
   * A hot standby of one's own, at the point where its primary was stopped; the caller closes it.
   *
   * @param fill what the primary is given before
   */
  public static PostgresServer standby(Consumer<PostgresServer> fill) {
    try {
      Path data = Files.createTempDirectory("godwit-test-standby");
      try (PostgresServer primary = start(keeping(data), Map.of())) {
        fill.accept(primary);
      }
      Files.createFile(data.resolve("standby.signal"));
      PostgresServer standby = start(keeping(data), Map.of());
      return new PostgresServer(
          () -> {
            standby.close();
            delete(data);
          },
          standby.host,
          standby.port,
          standby.user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static EmbeddedPostgres.Builder keeping(Path data) {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
  }

  /** A server of one's own, with settings; the caller closes it. */
  public static PostgresServer start(Map<String, String> settings) {
    return start(EmbeddedPostgres.builder(), settings);
  }

  /**
   * A server of one major version, such as {@code "14"}; the caller closes it.
   *
   * @throws IllegalStateException if its jar is not there
   */
  public static PostgresServer start(String version, Map<String, String> settings) {
    Path jar =
        Path.of(System.getProperty("godwit.test.postgresql.binaries", "."), version + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException("no binaries of PostgreSQL " + version + " at " + jar);
    }
    return start(
        EmbeddedPostgres.builder().setPgBinaryResolver((system, machine) -> archiveIn(jar)),
        settings);
  }

  private static InputStream archiveIn(Path jar) throws IOException {
    JarInputStream entries = new JarInputStream(Files.newInputStream(jar));
    while (!entries.getNextJarEntry().getName().endsWith(".txz")) {}
    return entries;
  }

  private static PostgresServer start(
      EmbeddedPostgres.Builder builder, Map<String, String> settings) {
    settings.forEach(builder::setServerConfig);
    try {
      // The binaries are unpacked once for each version and user, not for each JVM.
      EmbeddedPostgres started =
          builder
              .setPort(FreePort.choose())
              .setPGStartupWait(PATIENCE)
              .setServerConfig("fsync", settings.getOrDefault("fsync", "off"))
              .setServerConfig("max_connections", settings.getOrDefault("max_connections", "60"))
              .setOverrideWorkingDirectory(
                  Path.of(System.getProperty("java.io.tmpdir"), "godwit-test-postgresql").toFile())
              .start();
      return new PostgresServer(started, "127.0.0.1", started.getPort(), "postgres");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes an empty database of a name of its own. */
  public String createDatabase() {
    String name = "test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
    execute("postgres", "create database " + name);
    return name;
  }

  /** The URI by which Godwit knows a database of this server. */
  public String uri(String database) {
    return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
  }

  /** The port that it listens at. */
  public int port() {
    return port;
  }

  /** A plain connection of the driver, for tests to look and to prepare with. */
  public Connection connect(String database) {
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://" + host + ":" + port + "/" + database + "?user=" + user);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements, several in one text allowed. */
  public void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
    }
  }

  /** Has it read its files of settings and logins again, and waits until it has. */
  public void reload() {
    String before = loaded();
    execute("postgres", "select pg_reload_conf()");
    while (loaded().equals(before)) {
      Thread.onSpinWait();
    }
  }

  /** When it read what a new connection meets. */
  private String loaded() {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_conf_load_time()")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
