package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.testkit.server.PostgresServer;
import org.junit.jupiter.api.Test;

/** A load whose sessions the server ends goes on where it was, with nothing twice. */
class KilledTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String source = server.createDatabase();
  private final String target = server.createDatabase();

  private void killAll() {
    server.execute(
        "postgres",
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '"
            + target
            + "'");
  }

  @Test
  void inTheMiddleOfACopyAndOfAnIndex() throws Exception {
    server.execute(
        source,
        """
        create table one (id int primary key, v text);
        insert into one select i, repeat('x', 100) from generate_series(1, 1000) i;
        create table two (id int primary key, v text);
        insert into two select i, repeat('y', 100) from generate_series(1, 20000) i;
        create index on two (v, id);
        """);
    try (Restore restore = new Restore(server.uri(source), server.uri(target));
        LoadRun load = restore.loader.begin(restore.plan())) {
      Dataset one = restore.dataset("one").orElseThrow();
      load.prepare(one);
      restore.move(load, one, Partition.whole(one.name()));
      Dataset two = restore.dataset("two").orElseThrow();
      load.prepare(two);
      Partition partition = restore.reading().partitions(two).next();
      assertThatThrownBy(
              () -> {
                try (var reader = restore.reading().open(two, partition);
                    RecordWriter writer = load.open(two, partition)) {
                  for (RecordItem item; (item = reader.next()) != null; ) {
                    writer.write(item);
                    killAll();
                  }
                  writer.commit();
                }
              })
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("two#0");
    }
    try (Restore restore = new Restore(server.uri(source), server.uri(target)).resuming();
        LoadRun load = restore.loader.begin(restore.plan())) {
      Dataset one = restore.dataset("one").orElseThrow();
      assertThat(load.holds(Partition.whole(one.name()))).isTrue();
      restore.data(load);
      killAll();
      assertThatThrownBy(() -> restore.finish(load)).isInstanceOf(GodwitException.class);
    }
    try (Restore restore = new Restore(server.uri(source), server.uri(target)).resuming()) {
      assertThat(restore.obstacles()).isEmpty();
      restore.all();
    }
    assertThat(Databases.ask(server, target, "select count(*) from public.one")).isEqualTo("1000");
    assertThat(Databases.ask(server, target, "select count(*) from public.two")).isEqualTo("20000");
    assertThat(
            Databases.ask(
                server, target, "select count(*) from pg_indexes where schemaname = 'public'"))
        .isEqualTo("3");
    assertThat(Databases.ask(server, target, "select to_regnamespace('_godwit')")).isNull();
  }
}
