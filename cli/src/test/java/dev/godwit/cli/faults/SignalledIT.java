package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals at any moment of a run: it ends soon, on the server too, and nothing half is kept. */
class SignalledIT {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final int SIGNALS = 6;

  @TempDir Path folder;
  private final PostgresServer server = PostgresServer.shared();
  private final String shop = server.createDatabase();
  private final Rows rows = new Rows(server, shop);
  private String vault;

  @BeforeEach
  void fill() {
    rows.make(100_000);
    vault = folder.resolve("vault").toString();
  }

  @Test
  void aBackupEndsAndTheVaultIsValid() throws Exception {
    long begun = System.nanoTime();
    assertThat(backUp().status()).isZero();
    Killing killing = new Killing(6, Duration.ofNanos(System.nanoTime() - begun));
    for (int i = 0; i < SIGNALS; i++) {
      rows.changeSome(i);
      int before = Snapshots.in(vault).size();
      boolean done = end(backUp(), killing, shop, i);
      assertThat(Snapshots.in(vault)).hasSize(done ? before + 1 : before);
      Invocation check = Invocation.of("check", vault);
      assertThat(check.status()).as(check.out() + check.err()).isZero();
      assertThat(folder.resolve("vault/locks")).isEmptyDirectory();
    }
    assertThat(backUp().status()).isZero();
    assertThat(Invocation.of("check", "--read-data", vault).status()).isZero();
  }

  @Test
  void aRestoreEndsAndIsGoneOnWith() throws Exception {
    assertThat(backUp().status()).isZero();
    String first = server.createDatabase();
    long begun = System.nanoTime();
    assertThat(restore(first).status()).isZero();
    Killing killing = new Killing(7, Duration.ofNanos(System.nanoTime() - begun));
    for (int i = 0; i < SIGNALS; ) {
      String copy = server.createDatabase();
      boolean done = false;
      for (int blow = 0; blow < 3 && !done; blow++) {
        done = end(restore(copy), killing, copy, i++);
        assertThat(done).isEqualTo(new Rows(server, copy).sealed());
      }
      if (!done) {
        assertThat(restore(copy).status()).isZero();
      }
      assertThat(new Rows(server, copy).fingerprint()).isEqualTo(rows.fingerprint());
      assertThat(new Rows(server, copy).objects()).isEqualTo(rows.objects());
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    Observer observer = new Observer(server, shop);
    for (String second : new String[] {"INT", "TERM"}) {
      try (Connection holder = observer.hold(8)) {
        assertThat(holder.isClosed()).isFalse();
        Launched backup =
            Launched.of(
                "backup",
                "--init",
                "--where",
                "notes=" + Observer.waitingFor(8),
                server.uri(shop),
                vault);
        observer.awaitBlocked();
        backup.signal("INT");
        assertThat(endedBy(backup, second)).isTrue();
        assertThat(backup.status()).isIn(130, second.equals("INT") ? 130 : 143);
      }
      rows.awaitNoSessions();
      assertThat(Snapshots.in(vault)).isEmpty();
      assertThat(Invocation.of("check", vault).status()).isZero();
    }
    assertThat(backUp().status()).isZero();
  }

  /** Sends a second signal, again where the first still hid it: one that waits is not queued. */
  private static boolean endedBy(Launched run, String signal) throws Exception {
    boolean ended = false;
    for (int i = 0; i < 10 && !ended; i++) {
      run.signal(signal);
      ended = run.endedWithin(Duration.ofMillis(200));
    }
    return ended;
  }

  /** Sends a signal at some moment; whether the run was done before it came. */
  private boolean end(Launched run, Killing killing, String database, int i) throws Exception {
    boolean interrupt = i % 2 == 0;
    boolean early = run.endedWithin(killing.moment());
    run.signal(interrupt ? "INT" : "TERM");
    assertThat(run.endedWithin(SOON)).as("ends within five seconds").isTrue();
    long gone = System.nanoTime();
    new Rows(server, database).awaitNoSessions();
    assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(SOON);
    if (early || run.status() == 0) {
      assertThat(run.status()).as(run.printed()).isZero();
      return true;
    }
    assertThat(run.status()).as(run.printed()).isEqualTo(interrupt ? 130 : 143);
    assertThat(run.printed())
        .isIn("", "godwit: " + (interrupt ? "interrupted" : "terminated") + "\n");
    return false;
  }

  private Launched backUp() throws Exception {
    return Launched.of("backup", "-q", "--init", server.uri(shop), vault);
  }

  private Launched restore(String target) throws Exception {
    return Launched.of("restore", "-q", "--resume", vault, server.uri(target));
  }
}
