package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.s3.Fault;
import dev.godwit.testkit.server.s3.FaultyNetwork;
import dev.godwit.testkit.server.s3.S3Server;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals at any moment of a run: it ends soon, on the server too, and nothing half is kept. */
class SignalledIT {
  private static final int SIGNALS = 6;
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String GOES_ON = "hint: what was loaded is kept: --resume goes on with it\n";

  /** However busy the machine is, none of these is ended by force. */
  private static final Map<String, String> PATIENT =
      Map.of("GODWIT_JAVA_OPTS", "-Dgodwit.patience.millis=600000");

  @TempDir Path folder;
  private final PostgresServer server = PostgresServer.shared();
  private final String shop = server.createDatabase();
  private final Rows rows = new Rows(server, shop);

  /** How long runs took to end from their signals on, on the server too. */
  private final List<Duration> ends = new ArrayList<>();

  /** All that the last run printed. */
  private String printed = "";

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
      End end = end(backUp(), killing, shop, i);
      int made = Snapshots.in(vault).size() - before;
      assertThat(made).isIn(end == End.STOPPED ? 0 : 1, end == End.DONE ? 1 : 0);
      Invocation check = Invocation.of("check", vault);
      assertThat(check.status()).as(check.out() + check.err()).isZero();
      assertThat(folder.resolve("vault/locks")).isEmptyDirectory();
    }
    requireSoonEnds();
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
        End end = end(restore(copy), killing, copy, i++);
        done = new Rows(server, copy).sealed();
        assertThat(done).isIn(end != End.STOPPED, end == End.DONE);
        if (end == End.STOPPED && blow == 0 && new Rows(server, copy).loading()) {
          assertThat(printed).endsWith(GOES_ON);
        }
      }
      if (!done) {
        assertThat(restore(copy).status()).isZero();
      }
      assertThat(new Rows(server, copy).fingerprint()).isEqualTo(rows.fingerprint());
      assertThat(new Rows(server, copy).objects()).isEqualTo(rows.objects());
    }
    requireSoonEnds();
  }

  /** Whether a commit that is broken off was done cannot be told. */
  @Test
  void aLoadThatIsBeingSealedIsDone() throws Exception {
    assertThat(backUp().status()).isZero();
    try (PostgresServer own = PostgresServer.start(Map.of())) {
      String copy = own.createDatabase();
      Observer observer = new Observer(own, copy);
      // The last commit alone waits for the disk, and so for a standby that never comes.
      own.execute(copy, "alter system set synchronous_standby_names = 'none'");
      own.execute(copy, "select pg_reload_conf()");
      Launched restore = Launched.in(PATIENT, "restore", "-q", vault, own.uri(copy));
      observer.await("exists (select from pg_stat_activity where wait_event = 'SyncRep')");
      restore.signal("TERM");
      assertThat(restore.endedWithin(Duration.ofSeconds(1))).isFalse();
      own.execute(copy, "alter system reset synchronous_standby_names");
      own.execute(copy, "select pg_reload_conf()");
      assertThat(restore.status()).as(restore.printed()).isZero();
      assertThat(new Rows(own, copy).sealed()).isTrue();
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    Observer observer = new Observer(server, shop);
    for (String second : new String[] {"INT", "TERM"}) {
      try (Connection holder = observer.hold(8)) {
        assertThat(holder.isClosed()).isFalse();
        Launched backup =
            Launched.in(
                PATIENT,
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

  /** Nobody answers it when it gives back its lock. */
  @Test
  void aRunThatDoesNotStopIsEndedByForce() throws Exception {
    Observer observer = new Observer(server, shop);
    try (S3Server s3 = S3Server.start();
        FaultyNetwork network = new FaultyNetwork(s3.port());
        Connection holder = observer.hold(8)) {
      assertThat(holder.isClosed()).isFalse();
      network.rule(
          asked ->
              asked.is("DELETE", "/locks/")
                  ? new Fault.Late(Duration.ofMinutes(10))
                  : new Fault.None());
      Launched backup =
          Launched.in(
              Map.of("AWS_ACCESS_KEY_ID", S3Server.KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET),
              "backup",
              "--init",
              "--where",
              "notes=" + Observer.waitingFor(8),
              server.uri(shop),
              "s3://" + s3.bucket() + "/shop?path-style=true&endpoint=" + network.endpoint());
      observer.awaitBlocked();
      backup.signal("INT");
      assertThat(backup.status()).isEqualTo(130);
      assertThat(backup.printed())
          .contains("ended by force, the run did not stop in time\nhint: a server may go on");
    }
  }

  /** Sends a second signal, again where the first still hid it: one that waits is not queued. */
  private static boolean endedBy(Launched run, String signal) throws Exception {
    boolean ended = false;
    for (int i = 0; i < 1000 && !ended; i++) {
      run.signal(signal);
      ended = run.endedWithin(Duration.ofMillis(200));
    }
    return ended;
  }

  /** What a run had come to when a signal ended it. */
  private enum End {
    /** It was done before, or would not be stopped any more. */
    DONE,

    /** It was stopped, and is not done. */
    STOPPED,

    /** The process was not at it: before it began, or after all was done. */
    UNHEARD
  }

  /** Sends a signal at some moment, and waits until nothing of the run is left. */
  private End end(Launched run, Killing killing, String database, int i) throws Exception {
    boolean interrupt = i % 2 == 0;
    boolean early = run.endedWithin(killing.moment());
    run.signal(interrupt ? "INT" : "TERM");
    long signalled = System.nanoTime();
    int status = run.status();
    printed = run.printed();
    new Rows(server, database).awaitNoSessions();
    ends.add(Duration.ofNanos(System.nanoTime() - signalled));
    if (early || status == 0) {
      assertThat(status).as(run.printed()).isZero();
      return End.DONE;
    }
    if (run.printed().startsWith("Error occurred during initialization of VM")) {
      return End.UNHEARD; // Java itself had just begun, and ends by a failure of its own then
    }
    assertThat(status).as(run.printed()).isEqualTo(interrupt ? 130 : 143);
    String ended = "godwit: " + (interrupt ? "interrupted" : "terminated") + "\n";
    assertThat(run.printed()).isIn("", ended, ended + GOES_ON);
    return run.printed().isEmpty() ? End.UNHEARD : End.STOPPED;
  }

  /**
   * One of them, or another, may meet a machine that stands still; what is slow is so each time.
   */
  private void requireSoonEnds() {
    assertThat(ends.stream().filter(end -> end.compareTo(SOON) < 0))
        .as("of %s", ends)
        .hasSizeGreaterThan(ends.size() / 2);
  }

  private Launched backUp() throws Exception {
    return Launched.in(PATIENT, "backup", "-q", "--init", server.uri(shop), vault);
  }

  private Launched restore(String target) throws Exception {
    return Launched.in(PATIENT, "restore", "-q", "--resume", vault, server.uri(target));
  }
}
