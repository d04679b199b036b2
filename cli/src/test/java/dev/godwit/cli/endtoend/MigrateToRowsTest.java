package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.godwit.cli.Invocation;
import dev.godwit.testkit.sample.OddDocuments;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Documents of a document store into PostgreSQL. */
class MigrateToRowsTest {
  private static final MongoServer SERVER = MongoServer.shared();

  @BeforeAll
  static void quiet() {
    // The stand-in logs each command that it does not know.
    ((Logger) LoggerFactory.getLogger("de.bwaldvogel")).setLevel(Level.OFF);
  }

  private final String shop = SERVER.freeName();
  private final Database target = Database.empty();

  private void insert(String collection, String... documents) {
    String all = String.join(", ", documents);
    assertThat(SERVER.ask(shop, "{insert: '" + collection + "', documents: [" + all + "]}"))
        .contains("\"n\": " + documents.length)
        .doesNotContain("writeErrors");
  }

  private Invocation migrate(String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "migrate";
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[options.length + 1] = SERVER.uri(shop);
    arguments[options.length + 2] = target.uri();
    return Invocation.of(arguments);
  }

  @Test
  void aDocumentBecomesItsIdAndTheRest() {
    insert(
        "orders",
        "{_id: {$oid: '0102030405060708090a0b0c'}, total: {$numberDecimal: '12.50'},"
            + " lines: [{sku: 'a', n: 1}, {sku: 'b', n: {$numberLong: '5000000000'}}]}",
        "{_id: 7, placed: {$date: 1577836800123}, note: null}",
        "{_id: '7', nested: {b: 1.5, a: {$oid: '0102030405060708090a0b0c'}}}");
    Invocation dry = migrate("--dry-run");
    assertThat(dry.out()).contains("_id", "jsonb", "wider", "lossy");
    assertThat(target.ask("select to_regclass('orders')")).isNull();
    Invocation done = migrate();
    assertThat(done.err()).contains("1 dataset", "3 rows");
    assertThat(done.status()).isZero();
    assertThat(target.ask("select string_agg(_id, ' ' order by _id) from orders"))
        .isEqualTo("\"7\" 0102030405060708090a0b0c 7");
    assertThat(target.ask("select sum((document->>'total')::numeric) from orders"))
        .isEqualTo("12.50");
    assertThat(target.ask("select document from orders where _id = '7'"))
        .isEqualTo(
            "{\"note\": null, \"placed\": {\"$date\": {\"$numberLong\": \"1577836800123\"}}}");
    assertThat(
            target.ask(
                "select string_agg(pg_get_constraintdef(oid), ', ') from pg_constraint"
                    + " where conrelid = 'orders'::regclass and contype = 'p'"))
        .isEqualTo("PRIMARY KEY (_id)");
  }

  @Test
  void fieldsThatAllShareBecomeColumns() {
    for (int i = 0; i < 300; i++) {
      insert(
          "orders",
          "{_id: %d, customer: {$numberLong: '%d'}, price: {$numberDouble: '%s'}, odd: %s}"
              .formatted(i, i, i / 4.0, i % 2 == 0 ? "'text'" : i));
    }
    insert("orders", "{_id: 1000, customer: null, late: true}");
    Invocation dry = migrate("--dry-run", "--flatten");
    assertThat(dry.out()).contains("customer", "bigint", "double precision", "late", "boolean");
    Invocation done = migrate("--flatten");
    assertThat(done.err()).contains("301 rows");
    assertThat(done.status()).isZero();
    assertThat(
            target.ask(
                "select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', '"
                    + " order by attnum) from pg_attribute"
                    + " where attrelid = 'orders'::regclass and attnum > 0"))
        .isEqualTo(
            "_id integer, customer bigint, price double precision, late boolean, document jsonb");
    assertThat(target.ask("select sum(customer) || ' ' || sum(price) from orders"))
        .isEqualTo("44850 11212.5");
    assertThat(target.ask("select document from orders where _id = 7")).isEqualTo("{\"odd\": 7}");
    assertThat(target.ask("select document from orders where _id = 1000"))
        .isEqualTo("{}"); // each document has a customer: null says that it is null
  }

  @Test
  void theRowsAreComparedWithTheDocumentsTheyWereMadeOf() {
    for (int i = 0; i < 300; i++) {
      insert("orders", "{_id: %d, customer: %d, odd: %s}".formatted(i, i, i % 2 == 0 ? "'x'" : i));
    }
    for (String[] options : new String[][] {{}, {"--flatten"}}) {
      target.execute("drop table if exists orders");
      assertThat(migrate(options).status()).isZero();
      Invocation same = Invocation.of("compare", SERVER.uri(shop), target.uri());
      assertThat(same.out()).contains("the same: 1 dataset, 300 rows");
      assertThat(same.status()).isZero();
      target.execute("update orders set document = '{\"odd\": 8}' where _id::text = '7'");
      target.execute("delete from orders where _id::text = '9'");
      Invocation different = Invocation.of("compare", target.uri(), SERVER.uri(shop));
      assertThat(different.out()).contains("different: 1 row changed, 1 only in B");
      assertThat(different.status()).isEqualTo(4);
    }
  }

  @Test
  void whatALossyValueBecomesIsTheUsersChoice() {
    insert("notes", "{_id: 1, text: 'fine'}", "{_id: 2, text: 'a\\u0000b', n: {t: '\\u0000'}}");
    Invocation refused = migrate("--flatten");
    assertThat(refused.status()).isEqualTo(5);
    assertThat(refused.err())
        .contains("notes.text of _id=2: the text holds a zero character", "--on-lossy");
    // What was begun is not taken for done, and the next migration says so.
    assertThat(target.ask("select to_regnamespace('_godwit')")).isEqualTo("_godwit");
    Invocation again = migrate("--flatten", "--on-lossy", "warn");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("an unfinished load is in", "starts over");
    target.execute("drop schema _godwit cascade; drop table notes");
    Invocation warned = migrate("--flatten", "--on-lossy", "warn");
    assertThat(warned.status()).as(warned.err()).isZero();
    assertThat(warned.err()).contains("notes.text", "notes.document");
    assertThat(target.ask("select text || ' ' || document from notes where _id = 2"))
        .isEqualTo("ab {\"n\": {\"t\": \"\"}}");
    target.execute("drop table notes");
    assertThat(migrate("--flatten", "--on-lossy", "text").status()).isZero();
    assertThat(target.ask("select text || ' ' || document from notes where _id = 2"))
        .isEqualTo("a\\u0000b {\"n\": {\"t\": \"\\\\u0000\"}}");
  }

  @Test
  void aPartOfTheDocumentsMovesUnderAnotherName() {
    insert("orders", "{_id: 1, late: true}", "{_id: 2, late: false}", "{_id: 3, late: true}");
    insert("others", "{_id: 1}");
    SERVER.ask(
        shop, "{createIndexes: 'orders', indexes: [{key: {late: 1}, name: 'late', sparse: true}]}");
    Invocation done =
        migrate(
            "--include", "orders", "--where", "orders={\"late\": true}", "--rename", "orders=late");
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.err())
        .contains("definitions of mongodb that no table has are left out: index: 1");
    assertThat(target.ask("select string_agg(_id, ' ' order by _id) from late")).isEqualTo("1 3");
    assertThat(target.ask("select to_regclass('orders')")).isNull();
    Invocation beside = migrate("--include", "orders", "--rename", "orders=late");
    assertThat(beside.status()).isEqualTo(1);
    assertThat(beside.err()).contains("public.late exists already", "--rename");
    Invocation columns = migrate("--columns", "orders=late");
    assertThat(columns.status()).isEqualTo(2);
    assertThat(columns.err()).contains("documents have no columns to choose from");
    Invocation mask = migrate("--mask", "orders.late=null");
    assertThat(mask.status()).isEqualTo(2);
    Invocation full = migrate();
    assertThat(full.status()).isEqualTo(1);
    assertThat(full.err()).contains("is not empty: it holds table public.late");
  }

  @Test
  void aNameThatNoTableCanHaveIsRefusedBeforeAnythingIsWritten() {
    insert("n".repeat(64), "{_id: 1}");
    insert("odd", "{_id: 1, ctid: 1}");
    Invocation refused = migrate("--flatten");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains("has more than 63 bytes", "no column can be called as column 'ctid' of " + shop);
    assertThat(target.ask("select count(*) from pg_class where relname in ('odd', '_godwit')"))
        .isEqualTo("0");
    assertThat(migrate("--rename", "n".repeat(64) + "=named").status()).isZero();
    assertThat(target.ask("select count(*) from named")).isEqualTo("1");
  }

  /** Their columns are learnt from the documents: what is not named would move all the same. */
  @Test
  void fieldsOfDocumentsThatAreNotNamedCannotBeLeftOut(@TempDir Path folder) throws Exception {
    insert("odd", "{_id: 1, place: 7, secret: 'x'}");
    Path mapping = folder.resolve("mapping.toml");
    Files.writeString(
        mapping,
        "[datasets.odd]\nskip-others = true\n[datasets.odd.fields]\n_id = {}\nplace = {}\ndocument = {}\n");
    Invocation refused = migrate("--flatten", "--mapping", mapping.toString());
    assertThat(refused.err())
        .contains("mapping.toml:1:1: fields of documents (", "cannot be left out");
    assertThat(refused.status()).isEqualTo(2);
  }

  /** A mapping that was saved lists it, so it is not said to be none. */
  @Test
  void aFieldOfDocumentsThatIsToBeLeftOutIsRefusedAsOne(@TempDir Path folder) throws Exception {
    insert("odd", "{_id: 1, place: 7}");
    Path mapping = folder.resolve("mapping.toml");
    Files.writeString(mapping, "[datasets.odd.fields]\nplace = { skip = true }\n");
    Invocation refused = migrate("--flatten", "--mapping", mapping.toString());
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .startsWith("godwit: " + mapping + ":2:1: field 'place' of documents (")
        .contains("cannot be left out");
  }

  /** Documents have no columns to leave out, so that --columns is no help. */
  @Test
  void aNameThatNoColumnCanHaveIsChangedInAMapping(@TempDir Path folder) throws Exception {
    insert("odd", "{_id: 1, ctid: 7}");
    assertThat(migrate("--flatten").err()).contains("hint: give the column another name in a map");
    Path mapping = folder.resolve("mapping.toml");
    migrate("--flatten", "--dry-run", "--save-mapping", mapping.toString());
    String written = Files.readString(mapping);
    Files.writeString(mapping, written.replace("name = \"ctid\"", "name = \"place\""));
    Invocation done = migrate("--mapping", mapping.toString());
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(target.ask("select place from odd")).isEqualTo("7");
  }

  @Test
  void oddDocumentsComeThrough() {
    for (Map.Entry<String, byte[]> one : OddDocuments.plain().entrySet()) {
      if (!MongoWholeWayTest.breaks(one.getKey())) {
        SERVER.insert(shop, "odd", one.getValue());
      }
    }
    assertThat(SERVER.insert(shop, "odd", OddDocuments.ofSize(1000, 15 << 20))).isTrue();
    assertThat(SERVER.insert(shop, "odd", OddDocuments.ofSize(1001, 15 << 20))).isTrue();
    Invocation done = migrate("--flatten", "--on-lossy", "text");
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(target.ask("select sum(length(data)) from odd"))
        .isEqualTo(Long.toString(2L * ((15 << 20) - 60)));
    Database second = Database.empty();
    Invocation whole =
        Invocation.of("migrate", "--on-lossy", "text", SERVER.uri(shop), second.uri());
    assertThat(whole.status()).as(whole.err()).isZero();
    assertThat(second.ask("select count(*) from odd where length(document::text) > 20000000"))
        .isEqualTo("2");
  }

  @Test
  void aVaultOfDocumentsIsRestoredAsRows(@TempDir Path folder) {
    insert("orders", "{_id: 1, total: 1.5}", "{_id: 2, total: 2.5}");
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", SERVER.uri(shop), vault).status()).isZero();
    Invocation done = Invocation.of("restore", "--flatten", vault, target.uri());
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(target.ask("select sum(total) from orders")).isEqualTo("4");
  }

  @Test
  void rowsThatWentThroughDocumentsAreWhatTheyWere() {
    Database source = Database.empty();
    source.execute(
        """
        create table things (
          id integer primary key, b boolean, i integer, l bigint, s smallint, d double precision,
          f real, n numeric(30, 4), free numeric, t text, x bytea, u uuid, at timestamptz(3),
          empty text, part text);
        insert into things
          select g, g % 2 = 0, g * 7 - 1000000, g * 10000000000, g % 30000, g / 7.0, g / 3.0,
            g * 1.2345, (g || '.' || g)::numeric, 'text ' || g, decode(md5(g::text), 'hex'),
            md5(g::text)::uuid, timestamptz '2026-01-01 00:00+00' + g * interval '1 ms', null,
            case when g % 3 = 0 then 'x' end
          from generate_series(1, 2000) g;
        insert into things (id, d, f, n, free, t, x) values
          (-1, '-0', '-0', 0, 0.000, '', ''), (-2, 'NaN', 'NaN', 'NaN', 'NaN', E'\\u00fc\n', '\\x00'),
          (-3, 'Infinity', '-Infinity', -1, 1e30, 'null', null),
          (-4, 4.9e-324, 1e-45, 1e25, 0.00001, '{}', null);
        """);
    Invocation there = Invocation.of("migrate", "-q", source.uri(), SERVER.uri(shop));
    assertThat(there.status()).as(there.err()).isZero();
    Invocation back = migrate("--flatten");
    assertThat(back.status()).as(back.err()).isZero();
    assertThat(
            target.ask(
                "select string_agg(format_type(atttypid, atttypmod), ', ' order by attname)"
                    + " from pg_attribute where attrelid = 'things'::regclass and attnum > 0"))
        .isEqualTo(
            "integer, timestamp with time zone, boolean, double precision, jsonb, double precision,"
                + " numeric, integer, bigint, numeric, text, integer, text, uuid, bytea");
    String columns = "b, i, l, s, d, f::real, n, free, t, x, u, at, part";
    String sum =
        "select count(*) || md5(string_agg(row(%s, %s)::text, ',' order by %s)) from things";
    assertThat(target.ask(sum.formatted("_id", columns, "_id")))
        .isEqualTo(source.ask(sum.formatted("id", columns, "id")));
    assertThat(target.ask("select count(*) from things where document = '{\"empty\": null}'"))
        .isEqualTo("2004");
  }
}
