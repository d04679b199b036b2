package dev.godwit.cli.demo;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL of its own, on a free port of this machine, its files in one folder. */
final class DemoServer implements AutoCloseable {
  private static final String USER = "postgres";

  /** A busy machine may take longer to start or stop it than the library's own ten seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final EmbeddedPostgres server;
  private final Path data;
  private final Cancellation cancellation;

  private DemoServer(EmbeddedPostgres server, Path data, Cancellation cancellation) {
    this.server = server;
    this.data = data;
    this.cancellation = cancellation;
  }

  /**
   * Starts it below the folder.
   *
   * @throws GodwitException {@code FAILED} on a machine for which no server is bundled, or where it
   *     does not start
   */
  static DemoServer start(Path folder, Cancellation cancellation) {
    refuseOtherMachines();
    Path data = folder.resolve("data");
    ProcessBuilder.Redirect log =
        ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile());
    try {
      EmbeddedPostgres started =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(folder.resolve("postgresql").toFile())
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setOutputRedirector(log)
              .setErrorRedirector(log)
              .setServerConfig("unix_socket_directories", "")
              .setServerConfig("fsync", "off")
              .setPGStartupWait(PATIENCE)
              .start();
      return new DemoServer(started, data, cancellation);
    } catch (IOException | IllegalStateException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "the demo's PostgreSQL does not start: " + e.getMessage(),
          "use a database of your own: godwit backup --init postgresql://user@host/database vault",
          e);
    }
  }

  private static void refuseOtherMachines() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    if (!system.contains("linux") || !(machine.equals("amd64") || machine.equals("x86_64"))) {
      throw new GodwitException(
          ExitCode.FAILED,
          "the demo brings a PostgreSQL for Linux on x86-64 only, and this is "
              + system
              + " on "
              + machine,
          "use a database of your own: godwit backup --init postgresql://user@host/database vault");
    }
  }

  /** The address of one of its databases. */
  String uri(String database) {
    return "postgresql://" + USER + "@127.0.0.1:" + server.getPort() + "/" + database;
  }

  /** The process to be ended by who keeps it. */
  long pid() {
    try {
      return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    } catch (IOException e) {
      throw new GodwitException(ExitCode.FAILED, "the demo's server is gone", null, e);
    }
  }

  /** Runs statements. */
  void execute(String database, String sql) {
    ask(database, sql);
  }

  /** Runs a query and returns its first value as text; null where there is none. */
  String ask(String database, String sql) {
    cancellation.check();
    try (Connection connection = server.getDatabase(USER, database).getConnection();
        Statement statement = connection.createStatement()) {
      Cancellation.Registration registered = cancellation.onCancel(() -> cancel(statement));
      try {
        boolean rows = statement.execute(sql);
        if (!rows) {
          return null;
        }
        try (ResultSet result = statement.getResultSet()) {
          return result.next() ? result.getString(1) : null;
        }
      } finally {
        registered.close();
      }
    } catch (SQLException e) {
      cancellation.check();
      throw new GodwitException(
          ExitCode.FAILED, "the demo's server refused: " + e.getMessage(), null, e);
    }
  }

  private static void cancel(Statement statement) {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops it. The library asks it to and waits for five seconds, which may be too few. */
  @Override
  public void close() {
    Optional<ProcessHandle> process = process();
    try {
      server.close();
    } catch (IOException | IllegalStateException e) {
      process.ifPresent(ProcessHandle::destroy);
    }
    process.ifPresent(DemoServer::awaitEnd);
  }

  private Optional<ProcessHandle> process() {
    try {
      return ProcessHandle.of(pid());
    } catch (GodwitException gone) {
      return Optional.empty();
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
