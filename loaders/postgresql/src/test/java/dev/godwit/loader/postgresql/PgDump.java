package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** PostgreSQL's own pg_dump, the judge of what a restore must come to. */
final class PgDump {
  private PgDump() {}

  /** Leaves the test out where there is no pg_dump, saying so; on CI that is a failure. */
  static void require() {
    if (version() < 0) {
      String what = "pg_dump is not on the PATH: install the package postgresql-client";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(what);
      }
      System.err.println("SKIPPED: " + what);
      Assumptions.abort(what);
    }
  }

  /** Its major version; -1 where there is none. */
  static int version() {
    try {
      String said = run(List.of("pg_dump", "--version"));
      return Integer.parseInt(said.replaceFirst("(?s)^\\D*(\\d+).*$", "$1"));
    } catch (IOException e) {
      return -1;
    }
  }

  /** The schema of a database, with owners and privileges. */
  static String schema(PostgresServer server, String database) throws IOException {
    return dump(server, database, List.of("--schema-only"));
  }

  /** The schema of a database, without what a flag leaves out. */
  static String schemaBut(PostgresServer server, String database, String... flags)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("--schema-only"));
    options.addAll(List.of(flags));
    return dump(server, database, options);
  }

  /** What it prints of a database but owners, with what differs from run to run taken off. */
  static String of(PostgresServer server, String database, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--no-owner", "--no-privileges"));
    all.addAll(List.of(options));
    return dump(server, database, all);
  }

  /** Asserts that two dumps are the same; a failure names the lines that differ, and no others. */
  static void assertSame(String restored, String backedUp) {
    assertThat(lines(restored)).hasSameContentAs(lines(backedUp));
  }

  private static InputStream lines(String dump) {
    return new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8));
  }

  private static String dump(PostgresServer server, String database, List<String> options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "pg_dump",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(server.port()),
                "-U",
                "postgres",
                "-d",
                database));
    command.addAll(options);
    // Its warnings of circles name ids.
    return Pattern.compile("^(\\\\(un)?restrict |pg_dump: ).*$", Pattern.MULTILINE)
        .matcher(run(command))
        .replaceAll("");
  }

  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + printed);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return printed;
  }
}
