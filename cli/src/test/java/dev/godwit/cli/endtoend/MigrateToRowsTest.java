package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.mongo.MongoServer;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
    for (String json : documents) {
      assertThat(
              SERVER
                  .collection(shop, collection)
                  .insertOne(RawBsonDocument.parse(json))
                  .wasAcknowledged())
          .isTrue();
    }
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
      SERVER
          .database(shop)
          .getCollection("orders")
          .insertOne(
              new Document("_id", i)
                  .append("customer", (long) i)
                  .append("price", i / 4.0)
                  .append("odd", i % 2 == 0 ? "text" : (Object) i));
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
}
