package dev.godwit.loader.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class SimpleCollationTest {
  private static final BsonDocument COLLATED =
      BsonDocument.parse("{create: 'c', collation: {locale: 'en', strength: 2}}");

  private static BsonDocument made(String index, BsonDocument create) {
    return SimpleCollation.saidOf(BsonDocument.parse(index), create);
  }

  @Test
  void anIndexWithoutACollationIsNotGivenThatOfItsCollection() {
    assertThat(made("{v: 2, key: {n: 1}, name: 'n'}", COLLATED))
        .isEqualTo(
            BsonDocument.parse("{v: 2, key: {n: 1}, name: 'n', collation: {locale: 'simple'}}"));
  }

  @Test
  void anIndexWithOneAndOneOfTheFirstVersionAreAsTheyWere() {
    String german = "{v: 2, key: {n: 1}, name: 'n', collation: {locale: 'de'}}";
    assertThat(made(german, COLLATED)).isEqualTo(BsonDocument.parse(german));
    String first = "{v: 1, key: {n: 1}, name: 'n'}";
    assertThat(made(first, COLLATED)).isEqualTo(BsonDocument.parse(first));
  }

  @Test
  void whereACollectionHasNoneNothingIsSaid() {
    String index = "{v: 2, key: {n: 1}, name: 'n'}";
    assertThat(made(index, BsonDocument.parse("{create: 'c'}")))
        .isEqualTo(BsonDocument.parse(index));
  }
}
