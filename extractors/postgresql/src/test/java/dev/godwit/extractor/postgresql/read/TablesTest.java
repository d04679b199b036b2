package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.Rows;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.store.Source;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tables are datasets, and how they are described. */
class TablesTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private final String database = SERVER.createDatabase();
  private final TestStore store = new TestStore(SERVER.uri(database));
  private final Observer other = new Observer(SERVER, database);

  @AfterEach
  void close() throws Exception {
    other.close();
    store.close();
  }

  private DatasetName name(String table) {
    return DatasetName.of(database, "public", table);
  }

  @Test
  void readsLeavesOfPartitionedTablesAndOwnRowsOfInheritedOnes() throws Exception {
    other.run(
        "create table p (id int, day int) partition by list (day);"
            + " create table p1 partition of p for values in (1);"
            + " create table p2 partition of p for values in (2) partition by hash (id);"
            + " create table p2a partition of p2 for values with (modulus 1, remainder 0);"
            + " insert into p values (1, 1), (2, 2), (3, 2);"
            + " create table up (id int); create table down (more int) inherits (up);"
            + " insert into up values (1); insert into down values (2, 3);"
            + " create unlogged table fast (id int); insert into fast values (9);"
            + " create view v as select 1 as one; create materialized view m as select 1 as one;"
            + " create temp table mine (id int); create table none ()");
    try (ExtractRun run = store.begin()) {
      Map<String, List<Row>> rows = Rows.all(run);
      assertThat(rows.keySet())
          .containsExactlyInAnyOrder("p1", "p2a", "up", "down", "fast", "none");
      assertThat(rows.get("p1")).hasSize(1);
      assertThat(rows.get("p2a")).hasSize(2);
      assertThat(Rows.numbers(rows.get("up"), 0)).containsExactly(1L);
      assertThat(Rows.numbers(rows.get("down"), 0)).containsExactly(2L);
      Dataset leaf = Rows.dataset(run, "p2a");
      assertThat(leaf.partitioning()).contains(name("p").toString(), "modulus 1");
      assertThat(leaf.attributes()).containsEntry("partition-root", name("p").toString());
      assertThat(Rows.dataset(run, "fast").attributes()).containsEntry("unlogged", "true");
    }
    try (ExtractRun run = store.begin(TestStore.including("p"))) {
      assertThat(Rows.all(run).keySet()).containsExactlyInAnyOrder("p1", "p2a");
    }
  }

  @Test
  void saysWhichPartitionsHoldOtherRowsInAnotherDatabase() throws Exception {
    other.run(
        "create type mood as enum ('a', 'b'); create type feeling as (m mood[], n int);"
            + " create domain deep as feeling;"
            + " create table hm (m mood) partition by hash (m);"
            + " create table hm0 partition of hm for values with (modulus 1, remainder 0)"
            + "  partition by list (m);"
            + " create table hm00 partition of hm0 for values in ('a');"
            + " create table hd (f deep, n int) partition by hash (n, f);"
            + " create table hd0 partition of hd for values with (modulus 1, remainder 0);"
            + " create table hc (c regclass) partition by hash (c);"
            + " create table hc0 partition of hc for values with (modulus 1, remainder 0);"
            + " create table he (m mood) partition by hash ((coalesce(m, 'b')));"
            + " create table he0 partition of he for values with (modulus 1, remainder 0);"
            + " create table rt (t text) partition by range (t);"
            + " create table rt0 partition of rt default;"
            + " create table rb (t text collate \"C\") partition by range (t);"
            + " create table rb0 partition of rb default;"
            + " create table ht (t text, n int) partition by hash (t, n);"
            + " create table ht0 partition of ht for values with (modulus 1, remainder 0);"
            + " create table lm (m mood) partition by list (m);"
            + " create table lm0 partition of lm for values in ('b');"
            + " create table rm (m mood) partition by range (m);"
            + " create table rm0 partition of rm default; create table plain (m mood)");
    try (ExtractRun run = store.begin();
        Stream<Dataset> datasets = run.catalogue().datasets()) {
      assertThat(
              datasets
                  .filter(d -> d.placedWithin().isPresent())
                  .map(d -> d.name().last() + " in " + d.placedWithin().get().last()))
          .containsExactlyInAnyOrder(
              "hm00 in hm", "hd0 in hd", "hc0 in hc", "he0 in he", "rt0 in rt");
    }
  }

  @Test
  void describesKeysIndexesReferencesAndWhatIsRequired() throws Exception {
    other.run(
        "create table customer (region text, number int not null, primary key (region, number));"
            + " create table parts (id int primary key) partition by range (id);"
            + " create table parts1 partition of parts for values from (0) to (10);"
            + " create table orders (id int primary key, region text, number int, part int"
            + "  references parts, day date not null,"
            + "  double int generated always as (id * 2) stored,"
            + "  constraint buyer foreign key (region, number) references customer);"
            + " create index by_day on orders (day, id desc) include (number);"
            + " create unique index one_a_day on orders (region, day);"
            + " create index odd on orders (lower(region)); create index part on orders (day)"
            + "  where id > 5");
    try (ExtractRun run = store.begin()) {
      Dataset orders = Rows.dataset(run, "orders");
      assertThat(orders.schema().getFields().stream().map(f -> f.getName()))
          .containsExactly("id", "region", "number", "part", "day");
      assertThat(orders.required()).containsExactly("id", "day");
      assertThat(orders.key()).containsExactly("id");
      assertThat(orders.indexes())
          .containsExactly(
              new Dataset.Index("by_day", List.of("day", "id"), false),
              new Dataset.Index("one_a_day", List.of("region", "day"), true));
      assertThat(orders.references())
          .containsExactly(
              new Dataset.Reference(
                  "buyer",
                  List.of("region", "number"),
                  name("customer"),
                  List.of("region", "number")),
              new Dataset.Reference(
                  "orders_part_fkey", List.of("part"), name("parts"), List.of("id")));
      assertThat(Rows.dataset(run, "customer").key()).containsExactly("region", "number");
    }
  }

  @Test
  void readsTablesOfAnyName() throws Exception {
    String longest = "é".repeat(31) + "x";
    List<String> names =
        List.of("a.b", "a\"b", "A b", "😀", "{fn x}", "?", "a'b\\c", "select", "$1", ":x", longest);
    for (String name : names) {
      String quoted = '"' + name.replace("\"", "\"\"") + '"';
      other.run("create schema if not exists " + quoted);
      String table = quoted + "." + quoted;
      other.run("create table " + table + " (" + quoted + " int)");
      other.run("insert into " + table + " values (42)");
    }
    try (ExtractRun run = store.begin()) {
      Map<String, List<Row>> rows = Rows.all(run);
      assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(names);
      assertThat(rows.values()).allMatch(r -> r.equals(rows.get("a.b")) && r.size() == 1);
    }
  }

  @Test
  void goesThroughAThousandTablesLargestFirst() throws Exception {
    other.run(
        "do $$ begin for i in 1..1100 loop"
            + " execute format('create table t%s (id int primary key)', i); end loop; end $$;"
            + " insert into t777 select generate_series(1, 1000)");
    try (ExtractRun run = store.begin()) {
      List<Dataset> datasets = Rows.datasets(run);
      assertThat(datasets).hasSize(1100);
      assertThat(datasets.get(0).name().last()).isEqualTo("t777");
      assertThat(datasets).allMatch(d -> d.key().equals(List.of("id")));
      assertThat(Rows.of(run, datasets.get(0))).hasSize(1000);
      assertThat(Rows.of(run, datasets.get(1050))).isEmpty();
    }
  }

  @Test
  void aDatabaseWithoutTablesIsAnEmptyRun() {
    try (ExtractRun run = store.begin()) {
      assertThat(Rows.datasets(run)).isEmpty();
      assertThat(run.conclude().state()).isEmpty();
    }
  }

  @Test
  void listsAllDatabasesWhereTheUriNamesNone() {
    try (TestStore all = new TestStore(SERVER.uri(""));
        Extractor one = store.extractor();
        Extractor every = all.extractor()) {
      assertThat(one.sources()).hasSize(1);
      Source source = one.sources().get(0);
      assertThat(source.id()).matches("[0-9]+/" + database);
      assertThat(every.sources()).contains(source);
      assertThat(every.sources().stream().map(Source::database))
          .contains("postgres", database)
          .doesNotContain("template0", "template1");
    }
  }

  @Test
  void rowLevelSecurityFailsRatherThanHideRows() throws Exception {
    String role = "reader_" + database;
    other.run(
        "create role "
            + role
            + " login; create table t (id int); insert into t values (1), (2);"
            + " alter table t enable row level security;"
            + " create policy one on t using (id = 1); grant select on t to "
            + role);
    String uri = SERVER.uri(database).replaceFirst("//[^@]*@", "//" + role + "@");
    try (TestStore limited = new TestStore(uri);
        ExtractRun run = limited.begin()) {
      GodwitException failure = TestStore.refused(ExitCode.FAILED, () -> Rows.of(run, "t"));
      assertThat(failure.getMessage()).contains(name("t").toString());
      assertThat(failure.hint().orElseThrow()).contains("bypassrls");
    }
    other.run("create table secret (id int); create table secret2 (id int)");
    try (TestStore limited = new TestStore(uri)) {
      GodwitException failure = TestStore.refused(ExitCode.FAILED, limited::begin);
      assertThat(failure.getMessage())
          .startsWith("cannot read " + name("secret") + " and 1 more: ");
    }
  }
}
