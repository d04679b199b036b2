package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand tables take bounded memory, and time that grows with them and no faster. */
class ManyTablesIT {
  private static final int TABLES = 10_000;
  private static final long MOST_MIB = 450;

  @TempDir Path folder;

  @Test
  void theyAreBackedUpInBoundedMemoryAndTime() throws Exception {
    try (PostgresServer server = PostgresServer.start(Map.of("max_locks_per_transaction", "300"))) {
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

    long begun = System.nanoTime();
    Launched backup = Launched.of("backup", "-q", "--init", "--jobs", "2", server.uri(shop), vault);
    long peak = Peak.of(backup);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.printf("%d tables: %d ms, at most %d MiB%n", TABLES, took.toMillis(), peak);
    assertThat(backup.status()).as(backup.printed()).isZero();
    assertThat(peak).isBetween(1L, MOST_MIB);
    assertThat(took).isLessThan(Duration.ofSeconds(90));
    assertThat(Invocation.of("list", vault).out()).contains("10,000");
    assertThat(Invocation.of("check", "--read-data", vault).status()).isZero();
  }
}
