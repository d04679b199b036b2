package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server is stopped while it is read or written, and started again. */
class StoppedServerIT {
  private static OwnServer own;

  @TempDir Path folder;
  private String shop;
  private Rows rows;
  private String vault;

  @BeforeAll
  static void begin() throws Exception {
    own = new OwnServer();
  }

  @AfterAll
  static void end() {
    own.close();
  }

  @BeforeEach
  void fill() {
    shop = own.server().createDatabase();
    rows = new Rows(own.server(), shop);
    rows.make(60_000);
    vault = folder.resolve("vault").toString();
  }

  @Test
  void aBackupEndsAndTheVaultIsValid() throws Exception {
    assertThat(Invocation.of("init", "-q", vault).status()).isZero();
    Observer observer = new Observer(own.server(), shop);
    for (String mode : new String[] {"fast", "immediate"}) {
      Launched backup;
      try (Connection holder = observer.hold(7)) {
        assertThat(holder.isClosed()).isFalse();
        backup =
            Launched.of(
                "backup",
                "--where",
                "notes=id < 50000 or " + Observer.waitingFor(7),
                own.server().uri(shop),
                vault);
        observer.awaitBlocked();
        own.stop(mode);
        assertThat(backup.status()).as(backup.printed()).isEqualTo(1);
      }
      assertThat(backup.printed().lines())
          .as(backup.printed())
          // Two workers read two tables, and either may be the first to lose its connection.
          .anySatisfy(line -> assertThat(line).startsWith("godwit: ").contains(shop + ".public."))
          .anySatisfy(line -> assertThat(line).startsWith("hint: "));
      Invocation away = Invocation.of("backup", own.server().uri(shop), vault);
      assertThat(away.status()).as(away.err()).isEqualTo(20);
      own.start();
      assertThat(Snapshots.in(vault)).isEmpty();
      Invocation check = Invocation.of("check", "--read-data", vault);
      assertThat(check.status()).as(check.out() + check.err()).isZero();
    }
    assertThat(Invocation.of("backup", "-q", own.server().uri(shop), vault).status()).isZero();
    assertThat(Invocation.of("check", "--read-data", vault).status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "immediate"})
  void aRestoreGoesOnExactly(String mode) throws Exception {
    Invocation backup = Invocation.of("backup", "-q", "--init", own.server().uri(shop), vault);
    assertThat(backup.status()).as(backup.err()).isZero();
    String fingerprint = rows.fingerprint();
    String objects = rows.objects(); // after a crash the source's own sequence runs ahead
    String first = own.server().createDatabase();
    long begun = System.nanoTime();
    assertThat(restore(first).status()).isZero();
    Killing killing = new Killing(20261121, Duration.ofNanos(System.nanoTime() - begun));

    String copy = own.server().createDatabase();
    boolean ended = false;
    for (int blow = 0; blow < 3 && !ended; blow++) {
      Launched restore = restore(copy);
      restore.endedWithin(killing.moment());
      own.stop(mode);
      ended = restore.status() == 0;
      if (!ended) {
        assertThat(restore.status()).as(restore.printed()).isIn(1, 21);
        assertThat(restore.printed().lines())
            .as(restore.printed())
            .anySatisfy(line -> assertThat(line).startsWith("godwit: "))
            .anySatisfy(line -> assertThat(line).startsWith("hint: "))
            .noneSatisfy(line -> assertThat(line).contains("unexpected"));
      }
      own.start();
      ended = ended || new Rows(own.server(), copy).sealed();
    }
    if (!ended) {
      Launched last = restore(copy);
      assertThat(last.status()).as(last.printed()).isZero();
    }
    assertThat(new Rows(own.server(), copy).fingerprint()).isEqualTo(fingerprint);
    assertThat(new Rows(own.server(), copy).objects()).isEqualTo(objects);
  }

  private Launched restore(String target) throws Exception {
    return Launched.of("restore", "-q", "--resume", vault, own.server().uri(target));
  }
}
