package dev.godwit.loader.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.testkit.server.mongo.Ability;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.mongo.RanAgainst;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Collections, indexes and views as they were made; and what the server does not make of them. */
@ExtendWith(RanAgainst.class)
class DefinitionsTest {
  private final MongoServer server = MongoServer.shared();
  private final Given given = new Given();

  @AfterEach
  void drop() {
    given.close();
  }

  @Test
  void aValidatorIsPutBackOrMissed() {
    given.collection(
        "orders",
        "{create: 'orders', validator: {name: {$regex: '^x', $options: 'i'}},"
            + " validationLevel: 'moderate'}");
    assertThat(given.load())
        .anyMatch(note -> note.contains("without being validated"))
        .matches(
            notes ->
                server.can(Ability.VALIDATORS)
                    || notes.stream().anyMatch(n -> n.contains("orders without validator")));
    if (server.can(Ability.VALIDATORS)) {
      assertThat(given.ask("{listCollections: 1}")).contains("^x", "moderate");
    }
  }

  @Test
  void measurementsNeverLieInAnOrdinaryCollection() {
    given.collection("m", "{create: 'm', timeseries: {timeField: 't'}, expireAfterSeconds: 99}");
    if (server.can(Ability.TIME_SERIES)) {
      assertThat(given.load()).isEmpty();
      assertThat(given.ask("{listCollections: 1}")).contains("timeField", "expireAfterSeconds");
    } else if (given.obstacles().isEmpty()) {
      assertThatThrownBy(given::load)
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("made no time series of " + given.database + ".m");
    } else {
      assertThat(given.obstacles().get(0)).contains("shop.m is made with time series");
    }
  }

  @Test
  void aCappedCollectionIsOneAgain() {
    server.need(Ability.CAPPED);
    given.collection("log", "{create: 'log', capped: true, size: 8192, max: 7}");
    assertThat(given.load()).isEmpty();
    assertThat(given.ask("{listCollections: 1}")).contains("\"capped\": true", "8192", "7");
  }

  @Test
  void aClusteredCollectionIsOneAgain() {
    server.need(Ability.CLUSTERED);
    given.collection(
        "c", "{create: 'c', clusteredIndex: {v: 2, key: {_id: 1}, name: 'c', unique: true}}");
    assertThat(given.load()).isEmpty();
    assertThat(given.ask("{listCollections: 1}")).contains("clusteredIndex");
  }

  @Test
  void aCollationIsKept() {
    server.need(Ability.COLLATIONS);
    given.collection("de", "{create: 'de', collation: {locale: 'de', strength: 1}}");
    assertThat(given.load()).isEmpty();
    assertThat(given.ask("{listCollections: 1}")).contains("\"locale\": \"de\"");
  }

  @Test
  void anIndexThatComparesByBytesDoesSoBesideACollationToo() {
    given.collection("de", "{create: 'de', collation: {locale: 'de', strength: 1}}");
    for (String index : List.of("{key: {n: 1}, name: 'n'}", "{key: {h: 'hashed'}, name: 'h'}")) {
      given.object(
          "index",
          Phase.AFTER_DATA,
          DatasetName.of("shop", "de", BsonDocument.parse(index).getString("name").getValue()),
          "{createIndexes: 'de', indexes: [" + index + "]}",
          "de");
    }
    given.load();
    String indexes = given.ask("{listIndexes: 'de'}");
    assertThat(indexes).contains("\"n\"", "\"hashed\"");
    // One more by the same key and the collection's own collation is another index.
    if (server.can(Ability.COLLATIONS)) {
      assertThat(
              given.ask("{createIndexes: 'de', indexes: [{key: {n: 1}, name: 'n by the rules'}]}"))
          .contains("\"numIndexesAfter\": 4");
    }
  }

  @Test
  void aViewIsOneAgainAndNeverACollection() {
    given.collection("orders", "{create: 'orders'}");
    given.object(
        "view",
        Phase.LAST,
        DatasetName.of("shop", "big"),
        "{create: 'big', viewOn: 'orders', pipeline: [{$match: {total: {$gt: 9}}}]}",
        "orders");
    List<String> notes = given.load();
    if (server.can(Ability.VIEWS)) {
      assertThat(notes).isEmpty();
      assertThat(given.ask("{listCollections: 1}")).contains("\"viewOn\": \"orders\"", "$gt");
    } else {
      assertThat(notes).containsExactly("the server knows no views: big was left out");
      assertThat(given.ask("{listCollections: 1}")).doesNotContain("big");
    }
  }

  @Test
  void indexesKeepTheirOptions() {
    given.collection("orders", "{create: 'orders'}");
    given.object(
        "index",
        Phase.AFTER_DATA,
        DatasetName.of("shop", "orders", "u"),
        "{createIndexes: 'orders', indexes: [{v: 2, key: {a: 1, b: -1}, name: 'u', unique: true,"
            + " partialFilterExpression: {a: {$gt: 5}}}]}",
        "orders");
    given.object(
        "expiring index",
        Phase.LAST,
        DatasetName.of("shop", "orders", "ttl"),
        "{createIndexes: 'orders', indexes: [{v: 2, key: {t: 1}, name: 'ttl',"
            + " expireAfterSeconds: 60}]}",
        "orders");
    assertThat(given.load()).isEmpty();
    assertThat(given.ask("{listIndexes: 'orders'}"))
        .contains("\"unique\": true", "partialFilterExpression", "\"expireAfterSeconds\": 60");
  }

  @Test
  void expiryComesLastOfAll() {
    given.collection("orders", "{create: 'orders'}");
    given.object(
        "expiring index",
        Phase.LAST,
        DatasetName.of("shop", "orders", "ttl"),
        "{createIndexes: 'orders', indexes: [{key: {t: 1}, name: 'ttl', expireAfterSeconds: 1}]}",
        "orders");
    given.object(
        "view",
        Phase.LAST,
        DatasetName.of("shop", "v"),
        "{create: 'v', viewOn: 'orders', pipeline: []}",
        "orders");
    try (var run = given.loader.begin(given.plan())) {
      assertThat(run.finish(null)).extracting(stage -> stage.name()).endsWith("expiring indexes");
    }
  }

  @Test
  void rowsAreNoDocuments() {
    given.dataset("people", Fields.of("name", ArrowType.Utf8.INSTANCE, "text"));
    assertThat(given.obstacles()).containsExactly("shop.people holds rows, not documents");
  }
}
