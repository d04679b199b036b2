package dev.godwit.loader.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.loader.mongodb.LoadOptions.IfExists;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.mongo.RanAgainst;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Documents that a load was to keep, where it did not come to its end and is gone on with. */
@ExtendWith(RanAgainst.class)
class KeptDocumentsTest {
  private final MongoServer server = MongoServer.shared();
  private final String database = server.freeName();

  @AfterEach
  void drop() {
    server.drop(database);
  }

  private Given given(IfExists ifExists) {
    return new Given(database, ifExists, false).collection("birds", "{create: 'birds'}");
  }

  private void killed(IfExists ifExists, boolean resume) {
    try (Given given = given(ifExists)) {
      given.loader.begin(given.plan(resume)).close();
    }
  }

  private void refused(IfExists ifExists) {
    try (Given given = given(ifExists)) {
      assertThat(given.loader.inspect(given.plan(true)))
          .containsExactly(
              new Obstacle(
                  "the unfinished load in database "
                      + database
                      + " was to keep the documents that were there",
                  "go on with --if-exists keep: without it they would be replaced",
                  true));
    }
  }

  private void goesOn(IfExists ifExists) {
    try (Given given = given(ifExists)) {
      Loader loader = given.loader;
      assertThat(loader.inspect(given.plan(true))).isEmpty();
      loader.begin(given.plan(true)).close();
    }
  }

  private void there() {
    server.collection(database, "birds").insertOne(RawBsonDocument.parse("{_id: 1}"));
  }

  @Test
  void areNotReplacedByWhatGoesOnWithoutSayingSo() {
    there();
    killed(IfExists.KEEP, false);
    refused(IfExists.FAIL);
    refused(IfExists.REPLACE);
    goesOn(IfExists.KEEP);
  }

  @Test
  void areKeptToTheEndOnceOneTryWasToKeepThem() {
    killed(IfExists.FAIL, false);
    there();
    killed(IfExists.KEEP, true);
    refused(IfExists.FAIL);
    goesOn(IfExists.KEEP);
  }

  @Test
  void areNoneWhereTheLoadWasToReplaceThem() {
    there();
    killed(IfExists.REPLACE, false);
    goesOn(IfExists.FAIL);
  }
}
