package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.Rows;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.DatasetQuery;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.server.PostgresServer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String NESTED =
      "select o.*, (select jsonb_agg(i order by i.item) from items i where i.order_id = o.id)"
          + " as items from orders o; ";

  private final String database = SERVER.createDatabase();
  private final TestStore store = new TestStore(SERVER.uri(database));
  private final Observer other = new Observer(SERVER, database);

  @BeforeEach
  void fill() throws Exception {
    other.run(
        """
        create type mood as enum ('sad', 'glad');
        create type side as (m mood, n numeric(6,2));
        create domain tag as text check (value <> '');
        create table orders (id bigint primary key, day date, total numeric(10,2), m mood);
        create table items (order_id bigint, item int, what text);
        insert into orders
          select i, date '2026-01-01' + i, i * 1.5, 'glad' from generate_series(1, 10) i;
        insert into items select 1 + i % 4, i, 'thing ' || i from generate_series(1, 12) i;
        create table parted (id int) partition by range (id);
        create table part1 partition of parted for values from (0) to (100);
        insert into parted values (1), (2);
        create view seen as select id from orders where id > 5;
        """);
  }

  @AfterEach
  void close() throws Exception {
    other.close();
    store.close();
  }

  private ExtractRun begin(DatasetFilter filter, DatasetQuery... queries) {
    Extractor extractor = store.extractor();
    return extractor.begin(
        new ExtractRequest(extractor.sources().get(0), filter, Arrays.asList(queries)));
  }

  private ExtractRun begin(String name, String sql) {
    return begin(DatasetFilter.ALL, query(name, sql));
  }

  private static DatasetQuery query(String name, String sql, String... key) {
    return new DatasetQuery(DatasetName.parse(name), sql, List.of(key));
  }

  private GodwitException refused(DatasetFilter filter, DatasetQuery... queries) {
    return TestStore.refused(ExitCode.USAGE, () -> begin(filter, queries).close());
  }

  @Test
  void isADatasetOfItsOwn() {
    try (ExtractRun run = begin("nested", NESTED)) {
      assertThat(Rows.datasets(run)).hasSize(1);
      Dataset nested = Rows.dataset(run, "nested");
      assertThat(nested.name()).isEqualTo(DatasetName.of(database, "public", "nested"));
      assertThat(nested.kind()).isEqualTo("query");
      assertThat(nested.neutral()).isTrue();
      assertThat(nested.schema().getFields().stream().map(f -> Fields.nativeType(f).orElseThrow()))
          .containsExactly("bigint", "date", "numeric(10,2)", "public.mood", "jsonb");
      assertThat(FieldKind.of(nested.schema().getFields().get(4))).isEqualTo(FieldKind.JSON);
      assertThat(Rows.partitions(run, nested)).containsExactly(Partition.whole(nested.name()));
      List<Row> rows = Rows.of(run, nested);
      assertThat(Rows.numbers(rows, 0)).hasSize(10).contains(1L, 10L);
      assertThat(rows.stream().map(r -> String.valueOf(r.get(4))))
          .anyMatch(items -> items.contains("\"what\": \"thing 4\""));
      assertThat(run.conclude().state()).isEmpty();
      assertThat(run.catalogue().notCarried()).isEmpty();
      try (Stream<SchemaObject> objects = run.catalogue().objects()) {
        assertThat(objects.map(SchemaObject::id).filter(id -> id.startsWith("type:")))
            .containsExactly("type:public.mood");
      }
    }
  }

  /** But domains: the server describes a result by the types below them. */
  @Test
  void readsEveryTypeThatATableReads() {
    String sql =
        """
        select array[1, 2] as numbers, array['glad'::mood] as moods, row('sad', 1.5)::side as side,
          array[row('glad', 2)::side] as sides, o as whole, '{"a": 1}'::json as json,
          'x'::tag as tag, '10.0.0.1'::inet as address, 1.50 as plain, 'text' as text,
          '\\x00ff'::bytea as bytes, int4range(1, 5) as range
        from orders o where o.id = 1 -- a remark""";
    try (ExtractRun run = begin("types", sql)) {
      Dataset types = Rows.dataset(run, "types");
      assertThat(types.schema().getFields().stream().map(f -> Fields.nativeType(f).orElseThrow()))
          .containsExactly(
              "integer[]",
              "public.mood[]",
              "public.side",
              "public.side[]",
              "public.orders",
              "json",
              "text",
              "inet",
              "numeric",
              "text",
              "bytea",
              "int4range");
      Row row = Rows.of(run, types).get(0);
      assertThat(row.get(0).toString()).isEqualTo("[1, 2]");
      assertThat(row.get(1).toString()).isEqualTo("[glad]");
      assertThat(row.get(7)).hasToString("10.0.0.1");
      assertThat(row.get(8)).hasToString("1.50");
      try (Stream<SchemaObject> objects = run.catalogue().objects()) {
        assertThat(objects.map(SchemaObject::id)).contains("type:public.mood", "type:public.side");
      }
    }
  }

  @Test
  void standsBesideWhatIsIncludedByName() {
    DatasetFilter items = TestStore.including("items");
    try (ExtractRun run = begin(items, query("nested", NESTED), query("x.few", "table seen"))) {
      assertThat(Rows.all(run).keySet()).containsExactly("few", "items", "nested");
      assertThat(Rows.of(run, "few")).hasSize(5);
    }
  }

  @Test
  void takesChosenColumns() {
    DatasetFilter chosen =
        new DatasetFilter(
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new DatasetFilter.Columns(DatasetPattern.parse("nested"), List.of("day", "id"))));
    try (ExtractRun run = begin(chosen, query("nested", NESTED, "id"))) {
      Dataset nested = Rows.dataset(run, "nested");
      assertThat(nested.schema().getFields().stream().map(f -> f.getName()))
          .containsExactly("day", "id");
      assertThat(nested.key()).containsExactly("id");
      assertThat(Rows.numbers(Rows.of(run, nested), 1)).hasSize(10);
    }
    assertThat(refused(chosen, query("nested", "select id from orders")).getMessage())
        .contains("nested has no column 'day'");
  }

  @Test
  void refusesAConditionForIt() {
    DatasetFilter where =
        new DatasetFilter(
            List.of(),
            List.of(),
            List.of(new DatasetFilter.Where(DatasetPattern.parse("nested"), "id > 1")),
            List.of());
    assertThat(refused(where, query("nested", NESTED)).getMessage()).contains("--where nested");
  }

  @Test
  void refusesNamesThatClash() {
    DatasetQuery orders = query("orders", "select 1 as id");
    assertThat(refused(TestStore.including("orders"), orders).getMessage())
        .contains("has the name of table " + database + ".public.orders");
    assertThat(refused(DatasetFilter.ALL, orders, orders).getMessage()).contains("two queries");
    assertThat(refused(DatasetFilter.ALL, query("a.b.c", "select 1")).getMessage())
        .contains("a.b.c");
    try (ExtractRun run = begin(DatasetFilter.ALL, orders)) {
      assertThat(Rows.of(run, "orders")).hasSize(1);
    }
  }

  @Test
  void keysNameOneRowEach() {
    try (ExtractRun run = begin(DatasetFilter.ALL, query("a", "table items", "order_id", "item"))) {
      assertThat(Rows.dataset(run, "a").key()).containsExactly("order_id", "item");
    }
    assertThat(refused(DatasetFilter.ALL, query("a", "table items", "order_id")).getMessage())
        .contains("--key a: order_id does not name one row each");
    assertThat(
            refused(DatasetFilter.ALL, query("a", "select nullif(id, 3) as id from orders", "id"))
                .getMessage())
        .contains("is null somewhere");
    assertThat(refused(DatasetFilter.ALL, query("a", "table items", "nix")).getMessage())
        .contains("no column 'nix'");
  }

  /** Nothing but one query that changes nothing, and no error but one line that names it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "selec 1 | syntax error",
        "select * from nowhere | nowhere",
        "select 1; drop table items | syntax error",
        "select 1) as q; commit; drop table items; select * from (select 2 | multiple commands",
        "select 1) to stdout; commit; drop table items; copy (select 2 | syntax error",
        "with gone as (delete from items returning *) select * from gone | data-modifying",
        "delete from items returning * | syntax error",
        "copy items to program 'touch /tmp/godwit-was-here' | syntax error",
        "select * into other from items | INTO is not allowed",
        "select * from items for update | read-only",
        "select $1::int | parameter",
        "select id, id from orders | two columns are called id",
        "select row(1, 2) as r | of type record",
        "select from orders | no columns",
        "select 1 /* | comment",
        "select 1/0 | division by zero",
      })
  void refusesWhatIsNoQuery(String sql, String says) throws Exception {
    GodwitException failure = refused(DatasetFilter.ALL, query("asked", sql));
    assertThat(failure.getMessage()).startsWith("--query asked").contains(says);
    assertThat(failure.hint()).isPresent();
    assertThat(other.one("select count(*)::text from items")).isEqualTo("12");
  }

  @Test
  void doesNotRunWhatItDescribes() throws Exception {
    String slow = "select pg_sleep(600)::text as s, pg_notify('n', 'm')::text as n";
    try (ExtractRun run = begin("slow", slow)) {
      assertThat(Rows.datasets(run)).hasSize(1);
    }
  }

  @Test
  void changesNothingWhereItRuns() throws Exception {
    other.run(
        "create function take() returns int language sql volatile as"
            + " 'delete from items returning 1'");
    try (ExtractRun run = begin("sly", "select take() as t")) {
      GodwitException failure = TestStore.refused(ExitCode.FAILED, () -> Rows.of(run, "sly"));
      assertThat(failure.getMessage()).contains("read-only");
    }
    assertThat(other.one("select count(*)::text from items")).isEqualTo("12");
  }

  @Test
  void showsTheInstantOfTheRun() throws Exception {
    try (ExtractRun run =
        begin(TestStore.including("orders"), query("copied", "select * from orders"))) {
      other.run("insert into orders select 100 + i, null, 1, 'sad' from generate_series(1, 5) i");
      assertThat(Rows.of(run, "copied")).hasSize(10).hasSameSizeAs(Rows.of(run, "orders"));
    }
  }

  /** A truncation takes the rows from every snapshot: begun before its lock, it must be seen. */
  @Test
  void showsWhatATruncationLeft() throws Exception {
    other.run("begin; truncate part1; insert into parted values (7)");
    CompletableFuture<ExtractRun> begun =
        CompletableFuture.supplyAsync(() -> begin("all", "select * from parted"));
    try (Observer third = new Observer(SERVER, database)) {
      third.until(
          "select (count(*) > 0)::text from pg_locks where not granted"
              + " and mode = 'AccessShareLock' and relation is not null",
          "true");
    }
    other.run("commit");
    try (ExtractRun run = begun.get(Observer.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      assertThat(Rows.numbers(Rows.of(run, "all"), 0)).containsExactly(7L);
    }
  }
}
