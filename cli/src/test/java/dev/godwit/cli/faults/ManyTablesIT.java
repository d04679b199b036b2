package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand tables take bounded memory, and work that grows with them and no faster. */
class ManyTablesIT {
  private static final int TABLES = 10_000;
  private static final long MOST_MIB = 450;
  private static final Duration MOST_PROCESSOR = Duration.ofSeconds(90);

  /** Rows that the server looks at. A look at all tables for each of them is 100,000,000. */
  private static final long MOST_ROWS = 5_000L * TABLES;

  @TempDir Path folder;

  @Test
  void theyAreBackedUpInBoundedMemoryAndWork() throws Exception {
    Map<String, String> settings = Map.of("max_locks_per_transaction", "300", "autovacuum", "off");
    try (PostgresServer server = PostgresServer.start(settings)) {
      backUp(server, server.createDatabase());
    }
  }

  private void backUp(PostgresServer server, String shop) throws Exception {
    // In pieces: a transaction holds a lock for each table that it makes.
    for (int from = 0; from < TABLES; from += 500) {
      server.execute(
          shop,
          """
          do $$ begin
            for i in %d..%d loop
              execute format('create table t%%s (id integer primary key, word text)', i);
              execute format('insert into t%%s values (%%s, md5(%%s::text))', i, i, i);
            end loop;
          end $$"""
              .formatted(from + 1, from + 500));
    }
    String vault = folder.resolve("vault").toString();

    long before = rowsLookedAt(server, shop);
    Launched backup =
        Launched.within(
            MOST_PROCESSOR, "backup", "-q", "--init", "--jobs", "2", server.uri(shop), vault);
    long peak = Peak.of(backup);
    assertThat(backup.status()).as(backup.printed()).isZero();
    long rows = rowsLookedAt(server, shop) - before;
    System.out.printf("%d tables: %,d rows looked at, at most %d MiB%n", TABLES, rows, peak);
    assertThat(peak).isBetween(1L, MOST_MIB);
    assertThat(rows).isBetween((long) TABLES, MOST_ROWS);
    assertThat(Invocation.of("list", vault).out()).contains("10,000");
    assertThat(Invocation.of("check", "--read-data", vault).status()).isZero();
  }

  /** By all sessions that have ended: each tells at its end. */
  private static long rowsLookedAt(PostgresServer server, String database) {
    new Rows(server, database).awaitNoSessions();
    return Long.parseLong(
        new Observer(server, "postgres")
            .ask("select tup_returned from pg_stat_database where datname = '" + database + "'"));
  }
}
