package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two that back up into one vault and one that prunes it, each a process after the other, for a
 * while ({@code -Dgodwit.soak.seconds}, 5 if not given): all succeed, and nothing is lost.
 */
class TwoWritersIT {
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("godwit.soak.seconds", 5L));
  private static final int LEAST = 4;
  private static final int ROWS = 30_000;

  @TempDir Path folder;
  private final PostgresServer server = PostgresServer.shared();
  private final Sealed sealed = new Sealed();
  private final AtomicInteger prunes = new AtomicInteger();

  @ParameterizedTest
  @EnumSource
  void nothingIsLost(Ground.Kind kind) throws Exception {
    Rows one = shop();
    Rows two = shop();
    try (Ground ground = kind.in(folder)) {
      VaultAt vault = ground.vault("vault", Ground.Form.PLAIN, folder);
      long end = System.nanoTime() + TIME.toNanos();
      together(() -> write(vault, one, end), () -> write(vault, two, end), () -> prune(vault, end));

      System.out.printf("%s: %d backups, %d prunes%n", kind, sealed.count(), prunes.get());
      assertThat(sealed.count()).isGreaterThanOrEqualTo(2);
      assertThat(prunes).hasPositiveValue();
      vault.done("prune", "-q", vault.uri(), "--keep-last", "2");
      vault.done("check", "--read-data", vault.uri());
      sealed.requireAll(vault, server);
      for (Rows shop : List.of(one, two)) {
        // The newest of each is what the database holds now.
        assertThat(sealed.snapshotOf(shop)).isIn(Snapshots.in(vault));
      }
    }
  }

  private Rows shop() {
    Rows rows = new Rows(server, server.createDatabase());
    rows.make(ROWS);
    return rows;
  }

  private static void together(Callable<?>... all) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(all.length);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (Callable<?> each : all) {
        futures.add(threads.submit(each));
      }
      for (Future<?> each : futures) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Void write(VaultAt vault, Rows shop, long end) throws Exception {
    int round = 0;
    do {
      // Every fourth time as it was two before, so that blocks come back that were about to go.
      shop.replace(ROWS, round % 4 == 3 ? round - 2 : round);
      Launched backup =
          vault.start("backup", "--json", server.uri(shop.database()), vault.uri(), "--jobs", "2");
      assertThat(backup.status()).as("%s", backup.printed()).isZero();
      sealed.add(Snapshots.saidToBeMade(backup.printed()).orElseThrow(), shop);
      round++;
    } while (round < LEAST || System.nanoTime() < end);
    return null;
  }

  private Void prune(VaultAt vault, long end) throws Exception {
    do {
      String last = Integer.toString(1 + prunes.get() % 3);
      String rewrite = prunes.get() % 2 == 0 ? "50%" : "100%";
      Launched prune =
          vault.start("prune", "-q", vault.uri(), "--keep-last", last, "--rewrite-below", rewrite);
      assertThat(prune.status()).as("%s", prune.printed()).isZero();
      prunes.incrementAndGet();
    } while (System.nanoTime() < end);
    return null;
  }
}
