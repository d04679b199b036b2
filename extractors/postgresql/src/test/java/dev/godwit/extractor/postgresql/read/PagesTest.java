package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.Rows;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.testkit.server.PostgresServer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Page ranges: complete, disjoint, and of one instant whatever happens meanwhile. */
class PagesTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private final String database = SERVER.createDatabase();
  private final TestStore store = new TestStore(SERVER.uri(database));
  private final Observer other = new Observer(SERVER, database);

  @AfterEach
  void close() throws Exception {
    other.close();
    store.close();
  }

  /** A table of more than two partitions, most of its pages empty. */
  private void makeSparse() throws Exception {
    other.run(
        "create table t (id int, pad text);"
            + " alter table t alter pad set storage plain;"
            + " insert into t select i, repeat('x', 7000) from generate_series(1, 17000) i;"
            + " delete from t where id % 100 <> 0 and id < 17000");
  }

  private static final List<Long> KEPT =
      LongStream.rangeClosed(1, 170).map(i -> i * 100).boxed().toList();

  @Test
  void rangesHoldEveryRowOnceWhileOthersWriteAndVacuum() throws Exception {
    makeSparse();
    try (ExtractRun run = store.begin()) {
      Dataset dataset = Rows.dataset(run, "t");
      List<Partition> partitions = Rows.partitions(run, dataset);
      assertThat(partitions).hasSize(3);
      assertThat(Span.tile(partitions.stream().map(Partition::span).toList())).isTrue();
      other.run("update t set id = -id");
      other.run("insert into t select -i, 'new' from generate_series(1, 1000) i");
      other.run("vacuum t");
      assertThat(Rows.numbers(Rows.of(run, dataset), 0)).isEqualTo(KEPT);
      assertThat(Rows.partitions(run, dataset)).isEqualTo(partitions);
      ConsistencyPoint point = run.conclude().point();
      assertThat(point.guarantee()).isEqualTo(ConsistencyPoint.Guarantee.SNAPSHOT);
      assertThat(point.token()).matches("[0-9]+:[0-9]+:[0-9,]*");
    }
  }

  @Test
  void aSmallTableIsReadInTheOrderOfItsPagesToo() throws Exception {
    other.run(
        "create table t (gone int, \"a \"\"b\"\"\" int, twice int generated always as (\"a \"\"b\"\"\" * 2)"
            + " stored, c text, net inet); alter table t drop gone;"
            + " insert into t (\"a \"\"b\"\"\", c) select i, 'x' from generate_series(1, 5000) i;"
            + " delete from t where \"a \"\"b\"\"\" < 1000");
    other.run("vacuum t");
    other.run(
        "update t set c = null where \"a \"\"b\"\"\" % 7 = 0; create table child () inherits (t);"
            + " insert into child (c) values ('y')");
    String expected =
        other.one("select string_agg(\"a \"\"b\"\"\"::text, ',' order by ctid) from only t");
    // A column that is cast is asked for by a query, of which there is none without it.
    assertThat(numbers()).isEqualTo(expected);
    other.run("alter table t drop net");
    assertThat(numbers()).isEqualTo(expected);
  }

  private String numbers() {
    try (ExtractRun run = store.begin()) {
      return Rows.of(run, "t").stream()
          .map(row -> row.get(0).toString())
          .collect(Collectors.joining(","));
    }
  }

  @Test
  void aRangeIsReadByItsPagesAlone() throws Exception {
    other.run("create table t (id int); insert into t select generate_series(1, 200000)");
    other.run("analyze t");
    other.run("begin; set local enable_seqscan = off");
    Iterator<String> groups = PageRanges.groups(Span.ALL, 300);
    List<String> conditions = new ArrayList<>();
    groups.forEachRemaining(conditions::add);
    assertThat(conditions).hasSize(2);
    for (String condition : conditions) {
      assertThat(other.one("explain select id from only public.t where " + condition))
          .startsWith("Tid Range Scan");
    }
    other.run("rollback");
  }

  @Test
  void groupsOfAllPartitionsFollowEachOther() {
    for (long pages : new long[] {0, 1, 255, 256, 257, 8191, 8192, 8193, 20_000}) {
      List<String> all = new ArrayList<>();
      PageRanges.of(DatasetName.of("t"), pages)
          .forEachRemaining(p -> PageRanges.groups(p.span(), pages).forEachRemaining(all::add));
      long expected = Math.max(1, (pages + PageRanges.GROUP - 1) / PageRanges.GROUP);
      assertThat(all).hasSize((int) expected);
      for (int i = 0; i < all.size(); i++) {
        String from = "ctid >= '(" + i * PageRanges.GROUP + ",0)'";
        String to =
            i == all.size() - 1 ? "" : " and ctid < '(" + (i + 1) * PageRanges.GROUP + ",0)'";
        assertThat(all.get(i)).isEqualTo(from + to);
      }
    }
  }

  @Test
  void saysWhoWaitsToChangeATable() throws Exception {
    other.run("create table t (id int); insert into t values (1)");
    CompletableFuture<Void> change;
    try (ExtractRun run = store.begin();
        Observer observer = new Observer(SERVER, database)) {
      Dataset dataset = Rows.dataset(run, "t");
      change =
          CompletableFuture.runAsync(
              () -> SERVER.execute(database, "alter table t add column more int"));
      observer.untilSomeoneWaitsFor("t");
      GodwitException failure =
          TestStore.refused(
              ExitCode.FAILED,
              () -> Rows.open(run, dataset, Partition.whole(dataset.name())).close());
      assertThat(failure.getMessage())
          .contains(database + ".public.t", "waits to be changed", "alter table t add");
    }
    change.get(Observer.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
