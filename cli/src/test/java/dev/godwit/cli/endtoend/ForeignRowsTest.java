package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.keyvalue.KeyChoices;
import dev.godwit.mapping.mask.Masks;
import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.restore.GoingOn;
import dev.godwit.restore.MigrateJob;
import dev.godwit.restore.MigrateRequest;
import dev.godwit.restore.Migration;
import dev.godwit.restore.MoveReport;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Estimate;
import dev.godwit.spi.dataset.Dataset.Index;
import dev.godwit.spi.dataset.Dataset.Reference;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.plugin.Plugins;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.memory.MemoryServer;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Shape;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.Interval;
import dev.godwit.testkit.row.Odd;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.EveryKind;
import dev.godwit.testkit.sample.RandomRows;
import dev.godwit.transfer.TransferListener;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows of an engine that PostgreSQL knows nothing of become rows of PostgreSQL. */
class ForeignRowsTest {
  private final MemoryServer memory = new MemoryServer();
  private final MemoryStore store = memory.create(Shape.TYPED);
  private final Database target = Database.empty();

  @AfterEach
  void close() {
    memory.close();
  }

  private static Dataset table(
      String name,
      List<String> key,
      List<Index> indexes,
      List<Reference> references,
      Field... fields) {
    return new Dataset(
        DatasetName.parse(name),
        "table",
        new Schema(List.of(fields)),
        key,
        key,
        indexes,
        references,
        "",
        Estimate.UNKNOWN,
        Map.of());
  }

  private static Dataset table(String name, Field... fields) {
    return table(name, List.of(fields[0].getName()), List.of(), List.of(), fields);
  }

  private static StoreAddress address(String uri, List<dev.godwit.spi.store.OptionSpec> options) {
    StoreUri parsed = StoreUri.parse(uri);
    return new StoreAddress(parsed, Options.bind(options, parsed), PasswordSource.NONE);
  }

  private MoveReport move(OnLossy policy, Renames renames) {
    try (RootAllocator allocator = new RootAllocator()) {
      PluginContext context = new PluginContext(allocator, new Cancellation(), w -> {}, 2);
      LoaderProvider writes = Plugins.loader("postgresql");
      MappingRequest mapping =
          new MappingRequest(
              renames, List.of(), policy, false, List.of(), Masks.NONE, KeyChoices.NONE);
      try (Extractor extractor =
              memory
                  .reading()
                  .open(address(memory.uri(store), memory.reading().options()), context);
          Loader loader = writes.open(address(target.uri(), writes.options()), context);
          Migration migration =
              new MigrateJob(
                      extractor,
                      loader,
                      new MigrateRequest(
                          DatasetFilter.ALL, List.of(), mapping, false, true, GoingOn.ANEW),
                      context)
                  .open()) {
        return migration.move(TransferListener.SILENT);
      }
    }
  }

  private MoveReport move(OnLossy policy) {
    return move(policy, Renames.NONE);
  }

  private static Odd odd(Misfit.Kind kind, String text) {
    return new Odd(kind, new Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aValueOfEveryKindIsItselfInPostgresql() {
    store.put(
        Dataset.of(DatasetName.of("shop", "everything"), "table", EveryKind.schema()),
        List.of(
            Row.of(
                1L,
                true,
                -7L,
                300L,
                70_000L,
                1L << 40,
                -1L,
                0.5,
                -0.0,
                new BigDecimal("-12.3400"),
                new BigDecimal("1234567890123456789012345678901234567890.0000000001"),
                "1.500",
                "bar-tailed \ud83d\udc26",
                new Bytes(new byte[] {0, 1}),
                -1L,
                1L,
                1_000L,
                1_500_000L,
                2_000L,
                1L,
                1_577_836_800_123L,
                new Interval(14, -3, 5_000L),
                new Bytes(new byte[16]),
                "{\"b\": 1, \"a\": [1.50]}",
                new Bytes(new byte[] {5, 0, 0, 0, 0}),
                "(1,2)",
                new Bytes(new byte[] {9}),
                List.of(1L, 2L),
                List.of("a", "b,\"c\""),
                List.of(1L, "x", List.of(5L)),
                List.of(List.of("k", 1L)))));
    assertThat(move(OnLossy.FAIL).losses().total()).isZero();
    assertThat(
            target.ask(
                "select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', '"
                    + " order by attnum) from pg_attribute"
                    + " where attrelid = 'everything'::regclass and attnum > 0"))
        .isEqualTo(
            "id bigint, bool boolean, int8 smallint, int16 smallint, int32 integer, int64 bigint,"
                + " uint64 numeric, float32 real, float64 double precision,"
                + " decimal128 numeric(20,4), decimal256 numeric(60,10), decimal numeric,"
                + " text text, binary bytea, date date, time time without time zone,"
                + " time_ns time without time zone, local timestamp without time zone,"
                + " local_ns timestamp without time zone, instant timestamp with time zone,"
                + " instant_ms timestamp with time zone, interval interval, uuid uuid, json jsonb,"
                + " bson bytea, opaque text, opaque_bytes bytea, list integer[], texts jsonb,"
                + " struct jsonb, map jsonb");
    assertThat(
            target.ask(
                "select (select string_agg(key || '=' || coalesce(value #>> '{}', 'null'), '; ')"
                    + " from jsonb_each(to_jsonb(e))) from everything e"))
        .contains(
            "int8=-7",
            "uint64=18446744073709551615",
            "decimal128=-12.3400",
            "decimal256=1234567890123456789012345678901234567890.0000000001",
            "decimal=1.500",
            "text=bar-tailed \ud83d\udc26",
            "binary=\\x0001",
            "date=1969-12-31",
            "time=00:00:00.000001",
            "time_ns=00:00:00.000001",
            "local=1970-01-01T00:00:01.5",
            "local_ns=1970-01-01T00:00:00.000002",
            "interval=1 year 2 mons -3 days +00:00:00.000005",
            "json={\"a\": [1.50], \"b\": 1}",
            "bson=\\x0500000000",
            "opaque=(1,2)",
            "opaque_bytes=\\x09",
            "list=[1, 2]",
            "texts=[\"a\", \"b,\\\"c\\\"\"]",
            "struct={\"word\": \"x\", \"inner\": [5], \"number\": 1}",
            "map={\"k\": 1}");
    assertThat(target.ask("select float64::text from everything")).isEqualTo("-0");
    assertThat(target.ask("select instant_ms at time zone 'UTC' from everything"))
        .isEqualTo("2020-01-01 00:00:00.123");
  }

  @Test
  void keysThatAStoreWithoutSchemaTellsOfBecomeATable() {
    store.put(
        table(
            "db0",
            EveryKind.text("key"),
            EveryKind.text("type"),
            EveryKind.timestamp("expires", TimeUnit.MILLISECOND, "UTC"),
            EveryKind.binary("value"),
            Fields.json("elements", "json")),
        List.of(
            Row.of("a", "string", null, new Bytes(new byte[] {1, 0}), null),
            Row.of("b", "hash", 1_577_836_800_123L, null, "{\"f\": \"\\\\u0000 is no zero\"}")));
    move(OnLossy.FAIL);
    assertThat(target.ask("select elements->>'f' from db0 where key = 'b'"))
        .isEqualTo("\\u0000 is no zero");
    assertThat(target.ask("select value from db0 where key = 'a'")).isEqualTo("\\x0100");
  }

  @Test
  void keysIndexesAndReferencesAreMade() {
    Field id = EveryKind.integer("id", 32);
    store.put(table("shop.customers", id, EveryKind.text("email")), List.of(Row.of(1L, "a@b")));
    store.put(
        table(
            "shop.orders",
            List.of("day", "number"),
            List.of(
                new Index("by_customer", List.of("customer"), false),
                new Index("by_code", List.of("code"), true)),
            List.of(
                new Reference(
                    "a", List.of("customer"), DatasetName.of("shop", "customers"), List.of("id")),
                new Reference(
                    "b", List.of("code"), DatasetName.of("shop", "customers"), List.of("email")),
                new Reference(
                    "c", List.of("code"), DatasetName.of("shop", "codes"), List.of("code"))),
            EveryKind.integer("day", 32),
            EveryKind.integer("number", 64),
            EveryKind.integer("customer", 64),
            EveryKind.text("code")),
        List.of(Row.of(1L, 1L, 1L, "x"), Row.of(1L, 2L, null, "y")));
    MoveReport report = move(OnLossy.FAIL);
    assertThat(
            target.ask(
                "select string_agg(conrelid::regclass || ' ' || pg_get_constraintdef(oid)"
                    + " || ' ' || convalidated, E'\\n' order by 1) from (select * from"
                    + " pg_constraint where contype in ('p', 'f') and connamespace ="
                    + " 'public'::regnamespace order by conname) c"))
        .isEqualTo(
            """
            customers PRIMARY KEY (id) true
            orders FOREIGN KEY (customer) REFERENCES customers(id) true
            orders PRIMARY KEY (day, number) true""");
    assertThat(
            target.ask(
                "select string_agg(indexdef, E'\\n' order by indexname) from pg_indexes"
                    + " where indexname !~ 'pkey'"))
        .contains(
            "CREATE UNIQUE INDEX orders_code_key ON public.orders USING btree (code)",
            "CREATE INDEX orders_customer_idx ON public.orders USING btree (customer)");
    assertThat(report.transfer().load().notes())
        .anyMatch(note -> note.contains("to shop.customers is left out: its columns are no key"))
        .anyMatch(note -> note.contains("to shop.codes is left out: that table is not loaded"));
    assertThat(target.ask("select to_regnamespace('_godwit')")).isNull();
  }

  @Test
  void whatCannotBeIsNamedBeforeAnythingIsWritten() {
    Field id = EveryKind.integer("id", 32);
    store.put(table("shop.orders", id), List.of());
    store.put(table("archive.orders", id), List.of());
    assertThatThrownBy(() -> move(OnLossy.FAIL))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("two datasets would be table public.orders");
    assertThat(target.ask("select to_regclass('orders')")).isNull();
    move(
        OnLossy.FAIL,
        new Renames(Map.of(DatasetName.of("archive", "orders"), DatasetName.of("old", "orders"))));
    assertThat(target.ask("select to_regclass('orders') || ' ' || to_regclass('old.orders')"))
        .isEqualTo("orders old.orders");
    assertThatThrownBy(() -> move(OnLossy.FAIL)).hasMessageContaining("is not empty");
  }

  @Test
  void namesThatNothingThereCanHaveAreNamed() {
    store.put(table("shop." + "\u00fc".repeat(32), EveryKind.integer("id", 32)), List.of());
    store.put(table("shop.t", EveryKind.integer("c".repeat(64), 32)), List.of());
    store.put(table("shop.u", EveryKind.integer("ctid", 32)), List.of());
    store.put(table("shop.v", EveryKind.integer("a\0b", 32)), List.of());
    assertThatThrownBy(() -> move(OnLossy.FAIL))
        .hasMessageContaining("has more than 63 bytes")
        .hasMessageContaining("no column can be called as column 'cccc")
        .hasMessageContaining("'ctid' of shop.u")
        .hasMessageContaining("of shop.v is")
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> assertThat(e.hint()).hasValueSatisfying(h -> assertThat(h).contains("--rename")));
  }

  private void putLossy() {
    store.put(
        table(
            "shop.odd",
            EveryKind.integer("id", 32),
            Fields.of(
                "t",
                new org.apache.arrow.vector.types.pojo.ArrowType.Time(TimeUnit.NANOSECOND, 64),
                "time"),
            EveryKind.text("s"),
            EveryKind.decimal("n", 10, 2),
            EveryKind.timestamp("at", TimeUnit.MICROSECOND, null),
            Fields.json("j", "json")),
        List.of(
            Row.of(1L, 1_234L, "a\0b", new BigDecimal("1.00"), 0L, "{\"a\": \"\\u0000x\"}"),
            Row.of(
                2L,
                1_000L,
                odd(Misfit.Kind.BAD_TEXT, "bad"),
                odd(Misfit.Kind.NAN, "NaN"),
                odd(Misfit.Kind.POS_INF, "inf"),
                "1"),
            Row.of(
                3L,
                null,
                "",
                odd(Misfit.Kind.POS_INF, "inf"),
                odd(Misfit.Kind.ZERO_DATE, "0000-00-00"),
                null)));
  }

  @Test
  void aLossyValueEndsTheMigrationByDefault() {
    putLossy();
    assertThatThrownBy(() -> move(OnLossy.FAIL))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOSSY))
        .hasMessageContaining("shop.odd.t of id=1: the target's times end at microseconds");
    // What was begun is not taken for done.
    assertThat(target.ask("select to_regnamespace('_godwit')")).isEqualTo("_godwit");
    assertThatThrownBy(() -> move(OnLossy.WARN))
        .hasMessageContaining("an unfinished load is in database")
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.hint().orElse("")).contains("starts over"));
  }

  @Test
  void withAWarningTheNearestValueIsMoved() {
    putLossy();
    MoveReport report = move(OnLossy.WARN);
    assertThat(report.losses().counts())
        .containsEntry("shop.odd.t", 1L)
        .containsEntry("shop.odd.s", 2L)
        .containsEntry("shop.odd.n", 1L)
        .containsEntry("shop.odd.at", 1L)
        .containsEntry("shop.odd.j", 1L);
    assertThat(target.ask("select string_agg(o::text, E'\\n' order by id) from odd o"))
        .isEqualTo(
            """
            (1,00:00:00.000001,ab,1.00,"1970-01-01 00:00:00","{""a"": ""x""}")
            (2,00:00:00.000001,bad,NaN,infinity,1)
            (3,,"",,,)""");
  }

  @Test
  void lossyColumnsBecomeTextWhereThatIsAsked() {
    putLossy();
    move(OnLossy.TEXT);
    assertThat(target.ask("select pg_typeof(t) || ' ' || pg_typeof(j) from odd limit 1"))
        .isEqualTo("text text");
    assertThat(target.ask("select t || ' ' || s || ' ' || j from odd where id = 1"))
        .isEqualTo("00:00:00.000001234 a\\u0000b {\"a\": \"\\u0000x\"}");
  }

  @Test
  void randomRowsOfEveryKindAreTaken() {
    store.put(
        Dataset.of(DatasetName.of("shop", "everything"), "table", EveryKind.schema()),
        RandomRows.list(EveryKind.schema(), 1500, 11));
    MoveReport report = move(OnLossy.WARN);
    assertThat(report.losses().total()).isPositive();
    assertThat(target.ask("select count(*) from everything")).isEqualTo("1500");
    assertThat(target.ask("select to_regnamespace('_godwit')")).isNull();
  }
}
