package dev.godwit.loader.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** Which version of an index is asked for: none that a server would make anyway. */
class IndexVersionTest {
  @Test
  void theUsualVersionIsNotSaid() {
    assertThat(said("{v: 2, key: {a: 1}, name: 'a', unique: true}"))
        .isEqualTo(BsonDocument.parse("{key: {a: 1}, name: 'a', unique: true}"));
    assertThat(said("{v: {$numberLong: '2'}, key: {a: 1}, name: 'a'}"))
        .isEqualTo(BsonDocument.parse("{key: {a: 1}, name: 'a'}"));
  }

  @Test
  void anOlderVersionIs() {
    assertThat(said("{v: 1, key: {a: 1}, name: 'a'}"))
        .isEqualTo(BsonDocument.parse("{v: 1, key: {a: 1}, name: 'a'}"));
  }

  private static BsonDocument said(String index) {
    return IndexVersion.saidOf(BsonDocument.parse(index));
  }
}
