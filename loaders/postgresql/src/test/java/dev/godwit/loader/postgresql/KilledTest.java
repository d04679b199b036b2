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
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A load whose sessions the server ends goes on where it was, with nothing twice. */
class KilledTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String source = server.createDatabase();
  private final String target = server.createDatabase();

  private void killAll() {
    server.execute(
        "postgres",
        "select pg_terminate_backend(pid, 300000) from pg_stat_activity where datname = '"
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

  @Test
  void betweenAnIndexAndItsKey() throws Exception {
    server.execute(
        source,
        """
        create table one (id int primary key, other int not null, v text unique);
        insert into one select i, i, i::text from generate_series(1, 1000) i;
        create index one_other on one (other);
        create table two (id int primary key, one int not null references one);
        insert into two select i, i from generate_series(1, 1000) i;
        """);
    try (Restore restore = new Restore(server.uri(source), server.uri(target));
        LoadRun load = restore.loader.begin(restore.plan())) {
      restore.data(load);
      assertThat(constraints()).as("what others refer to is made early").isEqualTo("one_pkey");
      List<LoadRun.Step> steps = load.finish(restore.conclude()).get(0).steps();
      assertThat(steps)
          .extracting(LoadRun.Step::name)
          .noneMatch(name -> name.endsWith(".one_pkey"))
          .filteredOn(name -> name.startsWith("index of "))
          .hasSize(2);
      steps.stream()
          .filter(step -> step.name().startsWith("index of "))
          .forEach(step -> step.work().run());
      assertThat(constraints()).isEqualTo("one_pkey");
    }
    try (Restore restore = new Restore(server.uri(source), server.uri(target)).resuming()) {
      restore.all();
    }
    assertThat(constraints()).isEqualTo("one_pkey one_v_key two_one_fkey two_pkey");
    assertThat(
            Databases.ask(
                server,
                target,
                "select string_agg(indexname, ' ' order by indexname) from pg_indexes"
                    + " where schemaname = 'public'"))
        .isEqualTo("one_other one_pkey one_v_key two_pkey");
    assertThat(
            Databases.ask(
                server, target, "select count(*) from pg_constraint where not convalidated"))
        .isEqualTo("0");
  }

  private String constraints() throws SQLException {
    return Databases.ask(
        server,
        target,
        "select string_agg(conname, ' ' order by conname) from pg_constraint"
            + " where connamespace = 'public'::regnamespace and contype <> 'n'");
  }
}
