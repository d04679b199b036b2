package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A restore killed at any moment, again and again: gone on with, every row is there exactly once;
 * and not before it ended by itself does it say that it is done.
 */
class KilledRestoreIT {
  private static final int KILLS = Killing.times(1);

  @TempDir Path folder;

  @Test
  void resumingIsExact() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String shop = server.createDatabase();
    Rows rows = new Rows(server, shop);
    rows.make(150_000);
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", server.uri(shop), vault).status()).isZero();

    String first = server.createDatabase();
    long begun = System.nanoTime();
    assertThat(restore(vault, server.uri(first)).status()).isZero();
    Killing killing = new Killing(20261120, Duration.ofNanos(System.nanoTime() - begun));
    server.execute("postgres", "drop database " + first);

    int kills = 0;
    while (kills < KILLS) {
      String copy = server.createDatabase();
      boolean ended = false;
      // Killed up to three times before it may end, so that what was resumed is resumed again.
      for (int blow = 0; blow < 3 && !ended; blow++) {
        Launched restore = restore(vault, server.uri(copy));
        ended = restore.endedWithin(killing.moment());
        restore.kill();
        if (ended) {
          assertThat(restore.status()).as(restore.printed()).isZero();
        } else {
          kills++;
          new Rows(server, copy).awaitNoSessions();
          // Killed after the load was sealed and before it could say so: there is nothing to
          // resume.
          ended = new Rows(server, copy).sealed();
        }
      }
      if (!ended) {
        Launched last = restore(vault, server.uri(copy));
        assertThat(last.status()).as(last.printed()).isZero();
      }
      Rows restored = new Rows(server, copy);
      assertThat(restored.fingerprint()).isEqualTo(rows.fingerprint());
      assertThat(restored.objects()).isEqualTo(rows.objects());
      server.execute("postgres", "drop database " + copy + " with (force)");
    }
  }

  private static Launched restore(String vault, String target) throws Exception {
    return Launched.of("restore", "-q", "--resume", "--jobs", "2", vault, target);
  }
}
