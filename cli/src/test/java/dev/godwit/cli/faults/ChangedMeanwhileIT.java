package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are dropped, emptied, altered and written to once a backup has its snapshot. */
class ChangedMeanwhileIT {
  @TempDir Path folder;
  private final PostgresServer server = PostgresServer.shared();
  private final String shop = server.createDatabase();
  private final Rows rows = new Rows(server, shop);
  private final Observer observer = new Observer(server, shop);
  private final List<String> changes =
      List.of(
          "drop table dropped",
          "truncate notes, tags",
          "alter table altered alter column a type text using 'bent ' || a",
          "alter table renamed rename to other",
          "vacuum full rewritten");

  private String vault() {
    return folder.resolve("vault").toString();
  }

  /** The largest tables are read first: of one row, the one that is waited in is the last. */
  @Test
  void whatTheSnapshotShowedIsCarriedAndTheChangesWaitNoLonger() throws Exception {
    fill(1);
    String fingerprint = rows.fingerprint();
    Launched backup = changedMeanwhile();
    assertThat(backup.status()).as(backup.printed()).isZero();

    String copy = server.createDatabase();
    Invocation restore = Invocation.of("restore", "-q", vault(), server.uri(copy));
    assertThat(restore.status()).as(restore.err()).isZero();
    assertThat(new Rows(server, copy).fingerprint()).isEqualTo(fingerprint);
    Observer restored = new Observer(server, copy);
    for (String table : List.of("dropped", "altered", "renamed", "rewritten", "waiting")) {
      assertThat(restored.ask("select string_agg(a::text, ',') from " + table))
          .as(table)
          .isEqualTo("1");
    }
  }

  /** Whoever reads a table that a change waits for would wait behind it, and it for the reader. */
  @Test
  void aChangeThatWaitsForATableNotYetReadEndsTheBackupWithItsName() throws Exception {
    fill(20_000);
    Launched backup = changedMeanwhile();
    assertThat(backup.status()).isEqualTo(1);
    assertThat(backup.printed())
        .contains(shop + ".public.", " waits to be changed by server process ")
        .contains("hint: run again once the change is done");
    assertThat(Snapshots.in(vault())).isEmpty();

    Launched again = Launched.of("backup", "-q", server.uri(shop), vault());
    assertThat(again.status()).as(again.printed()).isZero();
    assertThat(Invocation.of("check", "--read-data", vault()).status()).isZero();
    assertThat(Invocation.of("cat", vault(), "altered").out()).contains("bent 1", "bent 2");
  }

  private void fill(int waiting) {
    rows.make(5_000);
    server.execute(
        shop,
        """
        create table waiting (a int); insert into waiting select generate_series(1, %d);
        create table dropped (a int); insert into dropped values (1);
        create table altered (a int); insert into altered values (1);
        create table renamed (a int); insert into renamed values (1);
        create table rewritten (a int); insert into rewritten values (1);
        """
            .formatted(waiting));
  }

  /** A backup that is stopped in a table until all changes wait for it; all have ended. */
  private Launched changedMeanwhile() throws Exception {
    ExecutorService clients = Executors.newCachedThreadPool();
    Launched backup;
    List<Future<?>> changing;
    try (Connection holder = observer.hold(9)) {
      assertThat(holder.isClosed()).isFalse();
      backup =
          Launched.of(
              "backup",
              "-q",
              "--init",
              "--jobs",
              "1",
              "--where",
              "waiting=" + Observer.waitingFor(9),
              server.uri(shop),
              vault());
      observer.awaitBlocked();
      server.execute(shop, "insert into altered values (2); delete from renamed");
      changing =
          changes.stream()
              .<Future<?>>map(sql -> clients.submit(() -> server.execute(shop, sql)))
              .toList();
      observer.await(
          "(select count(distinct pid) from pg_locks where locktype = 'relation' and not granted) = "
              + changes.size());
    }
    int unused = backup.status();
    for (Future<?> change : changing) {
      change.get(5, TimeUnit.MINUTES);
    }
    clients.shutdown();
    return backup;
  }
}
