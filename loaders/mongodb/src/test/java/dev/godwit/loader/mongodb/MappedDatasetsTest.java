package dev.godwit.loader.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Index;
import dev.godwit.spi.dataset.Dataset.Reference;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.mongo.RanAgainst;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Datasets of another engine, mapped to documents: their names, indexes and references. */
@ExtendWith(RanAgainst.class)
class MappedDatasetsTest {
  private static final DatasetName ORDERS = DatasetName.of("shop", "public", "orders");

  private final MongoServer server = MongoServer.shared();
  private final Given given = new Given();

  @AfterEach
  void drop() {
    given.close();
  }

  private Given plain(DatasetName name) {
    return given.mapped(name, List.of(), List.of(), List.of());
  }

  private BsonDocument index(String name) {
    BsonArray all =
        server
            .command(given.database, "{listIndexes: 'orders'}")
            .getDocument("cursor")
            .getArray("firstBatch");
    return all.stream()
        .map(index -> index.asDocument())
        .filter(index -> index.getString("name").getValue().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private int indexes() {
    return server
        .command(given.database, "{listIndexes: 'orders'}")
        .getDocument("cursor")
        .getArray("firstBatch")
        .size();
  }

  private void insert(String... documents) {
    for (String document : documents) {
      server.collection(given.database, "orders").insertOne(RawBsonDocument.parse(document));
    }
  }

  @Test
  void aCollectionHasTheLastPartOfTheNameAlsoWhereNothingIsInIt() {
    plain(ORDERS);
    assertThat(given.load()).isEmpty();
    assertThat(given.ask("{listCollections: 1}")).contains("\"name\": \"orders\"");
  }

  @Test
  void twoDatasetsNeverBecomeOneCollection() {
    plain(ORDERS);
    plain(DatasetName.of("shop", "old", "orders"));
    assertThat(given.loader.inspect(given.plan()))
        .containsExactly(
            new Obstacle(
                "shop.public.orders and shop.old.orders would both be collection "
                    + given.database
                    + ".orders",
                "give one of them another name with --rename"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          system.users | is one of the server's own, with 'system.'
          a.system.b | is one of the server's own, with 'system.'
          price$ | holds '$'
          '' | is empty
          .hidden | begins with a dot
          """)
  void aNameThatTheServerRefusesIsFoundAheadOfEverything(String name, String wrong) {
    DatasetName dataset = DatasetName.of("shop", "public", name);
    plain(dataset);
    assertThat(given.obstacles())
        .containsExactly(dataset + " cannot be a collection: its name " + wrong);
    assertThat(given.ask("{listCollections: 1}")).doesNotContain("\"name\"");
  }

  @Test
  void lengthIsCountedInBytesTogetherWithTheDatabase() {
    assertThat(NameRules.ofCollection("shop", "x".repeat(250), 9)).isEmpty();
    assertThat(NameRules.ofCollection("shop", "ü" + "x".repeat(249), 9))
        .hasValue("is, with the database's, longer than 255 bytes");
    assertThat(NameRules.ofCollection("shop", "x".repeat(115), 8)).isEmpty();
    assertThat(NameRules.ofCollection("shop", "x".repeat(116), 8))
        .hasValue("is, with the database's, longer than 120 bytes");
    plain(DatasetName.of("shop", "public", "x".repeat(256)));
    assertThat(given.obstacles()).hasSize(1).first().asString().contains("bytes");
  }

  /** The server would say so at the first document, when much is written already. */
  @Test
  void aFieldThatTheServerRefusesForItsDollarIsFoundAheadOfEverything() {
    assertThat(NameRules.refusesDollarField("$a", 12)).isTrue();
    assertThat(NameRules.refusesDollarField("$a", 13)).isFalse();
    given.mapped(ORDERS, List.of(), List.of(), List.of(), Map.of(Dataset.DOLLAR_FIELD, "_id.$a"));
    assertThat(given.obstacles())
        .singleElement()
        .asString()
        .startsWith("shop.public.orders would have a field _id.$a, and ")
        .endsWith(" takes no name there that begins with a dollar");
  }

  /** Some are named in a message, which counts the others. */
  @Test
  void allThatIsInTheWayIsTold() {
    for (int i = 0; i < 30; i++) {
      plain(DatasetName.of("shop", "public", "price$" + i));
    }
    assertThat(given.obstacles()).hasSize(30);
  }

  @Test
  void zeroBytesAndTheLedgerAreRefused() {
    plain(DatasetName.of("shop", "public", "a\0b"));
    plain(DatasetName.of("shop", "public", "_godwit"));
    assertThat(given.obstacles())
        .hasSize(2)
        .anyMatch(o -> o.endsWith("holds a zero byte"))
        .anyMatch(o -> o.contains("as the ledger is"));
  }

  @Test
  void aUniqueIndexTakesAnyNumberOfRowsWithANullInIt() {
    given.mapped(
        ORDERS,
        List.of("shop"),
        List.of(
            new Index("by mail", List.of("shop", "mail"), true),
            new Index("by day", List.of("day"), false),
            new Index("of the key", List.of("_id.a", "_id.b"), true)),
        List.of());
    List<String> notes =
        given.load(
            () ->
                insert(
                    "{_id: {a: 1, b: 1}, shop: 7, mail: null}",
                    "{_id: {a: 2, b: 1}, shop: 7, mail: null}",
                    "{_id: {a: 3, b: 1}, shop: 7, mail: 'x'}",
                    "{_id: {a: 4, b: 1}, shop: 8, mail: 'x'}"));
    BsonDocument mail = index("by mail");
    assertThat(mail.getDocument("key")).isEqualTo(BsonDocument.parse("{shop: 1, mail: 1}"));
    if (server.standIn()) { // it does not know partial indexes
      assertThat(notes).hasSize(1).first().asString().contains("by mail", "is not unique");
    } else {
      assertThat(notes).isEmpty();
      assertThat(mail.getBoolean("unique").getValue()).isTrue();
    }
    assertThat(index("by day")).doesNotContainKeys("unique", "partialFilterExpression");
    assertThat(index("of the key"))
        .containsKey("unique")
        .doesNotContainKey("partialFilterExpression");
  }

  @Test
  void aUniqueIndexIsPartialOverFieldsThatMayBeNull() {
    given.mapped(
        ORDERS, List.of("shop"), List.of(new Index("u", List.of("shop", "a"), true)), List.of());
    try (Stream<Dataset> datasets = given.plan().catalogue().datasets()) {
      BsonDocument index = PlainIndexes.of(datasets.findFirst().orElseThrow(), l -> {}).get(0);
      BsonDocument partial = index.getDocument("partialFilterExpression");
      assertThat(index.getBoolean("unique").getValue()).isTrue();
      assertThat(partial.keySet()).containsExactly("a");
      assertThat(partial.toJson()).contains("$type", "string", "decimal").doesNotContain("null");
    }
  }

  @Test
  void whatIsNoLongerUniqueIsIndexedAllTheSameAndTold() {
    given.mapped(
        ORDERS,
        List.of("placed"),
        List.of(new Index("u", List.of("placed"), true), new Index("day", List.of("day"), false)),
        List.of());
    List<String> notes =
        given.load(() -> insert("{_id: 1, placed: 5, day: 1}", "{_id: 2, placed: 5, day: 1}"));
    assertThat(notes).hasSize(1).first().asString().contains("index u of", "is not unique");
    assertThat(index("u")).doesNotContainKey("unique");
    assertThat(indexes()).isEqualTo(3);
  }

  @Test
  void referencesBecomeIndexesWhereNoneBeginsWithTheirFields() {
    DatasetName customers = DatasetName.of("shop", "public", "customers");
    given.mapped(
        ORDERS,
        List.of(),
        List.of(new Index("by item", List.of("item", "day"), false)),
        List.of(
            new Reference("to item", List.of("item"), customers, List.of("id")),
            new Reference("to customer", List.of("customer"), customers, List.of("id")),
            new Reference("to itself", List.of("_id"), ORDERS, List.of("id"))));
    assertThat(given.load())
        .containsExactly("a document store keeps no references: 3 became indexes");
    assertThat(indexes()).isEqualTo(3);
    assertThat(index("to customer").getDocument("key"))
        .isEqualTo(BsonDocument.parse("{customer: 1}"));
  }

  @Test
  void theSameFieldsAreIndexedOnce() {
    given.mapped(
        ORDERS,
        List.of("a"),
        List.of(
            new Index("one", List.of("a"), false),
            new Index("two", List.of("a"), true),
            new Index("key", List.of("_id"), true)),
        List.of());
    assertThat(given.load()).isEmpty();
    assertThat(indexes()).isEqualTo(2);
    assertThat(index("two")).containsKey("unique");
  }

  @Test
  void whatIsUnfinishedIsToldWithHowToRemoveIt() {
    plain(ORDERS);
    given.loader.begin(given.plan()).close();
    assertThat(given.loader.inspect(given.plan()))
        .first()
        .extracting(Obstacle::hint)
        .asString()
        .isEqualTo("drop the database, or its collection _godwit and what was loaded");
  }

  @Test
  void whatServersTakeAsANameIsTakenHereToo() {
    assertThat(List.of("tail.", "a..b", "a:b", "*", "with blank", "sl/ash", "back\\slash"))
        .allMatch(name -> NameRules.ofCollection("shop", name, 9).isEmpty());
    assertThat(List.of("a:b", "a|b", "a*b", "a<b", "a>b", "a?b", "ü"))
        .allMatch(name -> NameRules.ofDatabase(name).isEmpty());
    assertThat(List.of("a b", "a.b", "a/b", "a\\b", "a\"b", "a$b", ""))
        .allMatch(name -> NameRules.ofDatabase(name).isPresent());
  }

  @Test
  void aDatabaseThatCannotBeIsAnObstacleAndNothingIsAskedOfIt() {
    plain(DatasetName.of("old shop", "public", "orders"));
    StoreUri noDatabase = StoreUri.parse(MongoServer.shared().uri(""));
    MongoLoaderProvider provider = new MongoLoaderProvider();
    try (RootAllocator allocator = new RootAllocator();
        Loader loader =
            provider.open(
                new StoreAddress(
                    noDatabase, Options.bind(provider.options(), noDatabase), PasswordSource.NONE),
                new PluginContext(allocator, new Cancellation(), warning -> {}, 1))) {
      assertThat(loader.inspect(given.plan()))
          .extracting(Loader.Obstacle::what)
          .containsExactly("no database can be called old shop: its name holds ' '");
    }
  }
}
