package dev.godwit.loader.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.loader.mongodb.LoadOptions.IfExists;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.testkit.server.mongo.Ability;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.mongo.RanAgainst;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loads beside what is in the target already. */
@ExtendWith(RanAgainst.class)
class NeighboursTest {
  private final MongoServer server = MongoServer.shared();
  private Given given = new Given(IfExists.KEEP);

  @AfterEach
  void close() {
    given.close();
  }

  private void there(String collection) {
    server
        .collection(given.database, collection)
        .insertOne(RawBsonDocument.parse("{_id: 1, a: 'theirs'}"));
  }

  private void view(String create) {
    DatasetName name = DatasetName.of("shop", "v");
    given.collection("orders", "{create: 'orders'}");
    given.object("view", Phase.LAST, name, create, "orders");
  }

  @Test
  void documentsThatAreNotToldApartByTheirIdGoBesideNoOthers() {
    given.collection("log", "{create: 'log', autoIndexId: false}");
    assertThat(given.obstacles()).isEmpty();
    there("log");
    assertThat(given.obstacles())
        .containsExactly(
            given.database
                + ".log holds documents, and none can be put beside those of a collection without"
                + " an index of _id");
  }

  @Test
  void documentsOfACappedCollectionGoIntoNoOrdinaryOne() {
    given.collection("log", "{create: 'log', capped: true, size: 4096}");
    there("log");
    assertThat(given.obstacles())
        .containsExactly(
            given.database + ".log is a collection there, and a capped collection here");
  }

  @Test
  void aCappedCollectionThatHoldsDocumentsPushesNoneOut() {
    given.collection("log", "{create: 'log', capped: true, size: 4096}");
    if (!server.can(Ability.CAPPED)) { // so none can hold any
      assertThat(given.obstacles()).isEmpty();
      return;
    }
    given.ask("{create: 'log', capped: true, size: 4096}");
    assertThat(given.obstacles()).isEmpty();
    there("log");
    assertThat(given.obstacles())
        .containsExactly(
            given.database
                + ".log holds documents, and none can be put beside those of a capped collection");
  }

  @Test
  void ordinaryDocumentsGoBesideOthers() {
    given.collection("orders", "{create: 'orders'}");
    there("orders");
    assertThat(given.obstacles()).isEmpty();
  }

  @Test
  void aCollectionInThePlaceOfAViewIsFoundAheadOfEverything() {
    view("{create: 'v', viewOn: 'orders', pipeline: []}");
    there("v");
    assertThat(given.obstacles())
        .containsExactly(given.database + ".v is a collection there, and a view here");
  }

  @ParameterizedTest
  @EnumSource(
      value = IfExists.class,
      names = {"KEEP", "REPLACE"})
  void aViewThatIsThereStaysOrGivesWay(IfExists ifExists) {
    given.close();
    given = new Given(ifExists);
    view("{create: 'v', viewOn: 'orders', pipeline: [{$match: {a: 1}}]}");
    if (!server.can(Ability.VIEWS)) {
      assertThat(given.load()).containsExactly("the server knows no views: v was left out");
      return;
    }
    assertThat(given.load()).isEmpty();
    assertThat(given.load()).isEmpty(); // the same one is no other
    given.ask("{collMod: 'v', viewOn: 'orders', pipeline: [{$match: {b: 'theirs'}}]}");
    boolean keeps = ifExists == IfExists.KEEP;
    assertThat(given.load())
        .containsExactly(
            keeps
                ? new String[] {"view " + given.database + ".v is another one there, and stays"}
                : new String[0]);
    assertThat(given.ask("{listCollections: 1}").contains("theirs")).isEqualTo(keeps);
  }
}
