package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.Relay;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection is cut in the middle: nothing counts as done, and the next run goes on. */
class BrokenNetworkIT {
  private final PostgresServer server = PostgresServer.shared();
  private final String shop = server.createDatabase();
  private final Rows rows = new Rows(server, shop);

  @TempDir Path folder;
  private String vault;

  @BeforeEach
  void fill() {
    rows.make(100_000);
    vault = folder.resolve("vault").toString();
  }

  private static String behind(Relay relay, String database) {
    return "postgresql://postgres@127.0.0.1:" + relay.port() + "/" + database;
  }

  @Test
  void aBackupThatLosesItsServerLeavesNoSnapshot() throws Exception {
    assertThat(Invocation.of("init", "-q", vault).status()).isZero();
    for (long bytes = 1_000; bytes < 8_000_000; bytes *= 3) {
      try (Relay relay = new Relay(server.port())) {
        relay.breakAfter(bytes);
        Invocation backup = Invocation.of("backup", behind(relay, shop), vault);
        assertThat(backup.status()).as(backup.err()).isIn(1, 20);
        assertThat(backup.err()).contains("godwit: ").doesNotContain("unexpected");
      }
      assertThat(Snapshots.in(vault)).isEmpty();
      assertThat(Invocation.of("check", vault).status()).isZero();
    }
    assertThat(Invocation.of("backup", "-q", server.uri(shop), vault).status()).isZero();
    assertThat(Invocation.of("check", "--read-data", vault).status()).isZero();
  }

  @Test
  void aRestoreThatLosesItsServerIsGoneOnWith() throws Exception {
    assertThat(Invocation.of("backup", "-q", "--init", server.uri(shop), vault).status()).isZero();
    String copy = server.createDatabase();
    for (long bytes = 2_000; bytes < 20_000; bytes += 1_500) {
      try (Relay relay = new Relay(server.port())) {
        relay.breakAfter(bytes);
        Invocation restore = Invocation.of("restore", "--resume", vault, behind(relay, copy));
        if (restore.status() == 0) {
          break;
        }
        assertThat(restore.status()).as(restore.err()).isIn(1, 21);
        assertThat(restore.err()).contains("godwit: ").doesNotContain("unexpected");
      }
      new Rows(server, copy).awaitNoSessions();
      if (new Rows(server, copy).sealed()) {
        break;
      }
    }
    if (!new Rows(server, copy).sealed()) {
      Invocation last = Invocation.of("restore", "-q", "--resume", vault, server.uri(copy));
      assertThat(last.status()).as(last.err()).isZero();
    }
    assertThat(new Rows(server, copy).fingerprint()).isEqualTo(rows.fingerprint());
    assertThat(new Rows(server, copy).objects()).isEqualTo(rows.objects());
  }
}
