package dev.godwit.extractor.mongodb.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** Views come after what they read. */
class ViewsTest {
  private static ListedCollection view(String name, String on, String pipeline) {
    return new ListedCollection(
        BsonDocument.parse(
            "{name: '%s', type: 'view', options: {viewOn: '%s', pipeline: %s}}"
                .formatted(name, on, pipeline)));
  }

  private static ListedCollection collection(String name) {
    return new ListedCollection(
        BsonDocument.parse("{name: '%s', type: 'collection', options: {}}".formatted(name)));
  }

  private final Views views =
      new Views(
          List.of(
              view("a", "b", "[]"),
              view("b", "orders", "[{$lookup: {from: 'c', pipeline: [], as: 'x'}}]"),
              view("c", "gone", "[{$facet: {n: [{$unionWith: {coll: 'people'}}]}}]"),
              collection("orders"),
              collection("people")));

  @Test
  void eachAfterThoseThatItReads() {
    assertThat(views.inOrder().stream().map(ListedCollection::name)).containsExactly("c", "b", "a");
  }

  @Test
  void theCollectionsBelowAreFoundThroughOtherViewsAndNestedPipelines() {
    assertThat(views.collectionsBelow(view("a", "b", "[]")))
        .containsExactlyInAnyOrder("orders", "people");
  }
}
