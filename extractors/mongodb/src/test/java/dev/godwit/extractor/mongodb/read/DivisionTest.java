package dev.godwit.extractor.mongodb.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import dev.godwit.extractor.mongodb.bson.IdHash;
import dev.godwit.spi.dataset.Dataset.Estimate;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.sample.OddDocuments;
import dev.godwit.testkit.server.mongo.Ability;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.mongo.RanAgainst;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Partitions, counted or sampled, begin where a batch would begin anyway. */
@ExtendWith(RanAgainst.class)
class DivisionTest {
  private static final int DOCUMENTS = 4000;
  private static final CutRule RULE = new CutRule(4);
  private static final long PART = 1 << 20;

  private static final MongoServer SERVER = MongoServer.shared();

  private static MongoCollection<RawBsonDocument> collection;

  @BeforeAll
  static void fill() {
    collection = SERVER.collection(SERVER.freeName(), "some");
    List<RawBsonDocument> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      // Half of them under numbers, half under text.
      documents.add(
          i % 2 == 0
              ? new RawBsonDocument(OddDocuments.ofSize(i, 100))
              : RawBsonDocument.parse("{_id: 'n" + i + "'}"));
    }
    collection.insertMany(documents);
  }

  private static List<BsonValue> marks(long rows, int partitions) {
    return Division.marks(
        collection, new Estimate(rows, partitions * PART), RULE, PART, new Cancellation());
  }

  private static void eachDocumentIsMetOnce(List<BsonValue> marks) {
    int met = 0;
    for (int i = 0; i <= marks.size(); i++) {
      List<Leg> legs =
          Leg.between(
              i == 0 ? Optional.empty() : Optional.of(marks.get(i - 1)),
              i == marks.size() ? Optional.empty() : Optional.of(marks.get(i)));
      DocumentCursor.Query query =
          new DocumentCursor.Query(collection, legs.iterator(), Optional.empty(), true, false, 500);
      try (DocumentCursor cursor = new DocumentCursor(query, Optional.empty())) {
        while (cursor.next() != null) {
          met++;
        }
      }
    }
    assertThat(met).isEqualTo(DOCUMENTS);
  }

  private static void eachBeginsABatch(List<BsonValue> marks) {
    for (BsonValue mark : marks) {
      byte[] document =
          mark.isString()
              ? OddDocuments.document(
                  OddDocuments.element(
                      0x02,
                      "_id",
                      OddDocuments.int32(mark.asString().getValue().length() + 1),
                      (mark.asString().getValue() + "\0")
                          .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
              : OddDocuments.ofSize(mark.asNumber().intValue(), 100);
      assertThat(RULE.always(IdHash.of(document, 0, document.length))).as("%s", mark).isTrue();
    }
  }

  @Test
  void countedTheyAreTheSameEachTimeAndOfAboutTheSameSize() {
    SERVER.need(Ability.TYPES);
    List<BsonValue> marks = marks(DOCUMENTS, 10);
    assertThat(marks).hasSizeBetween(6, 10).doesNotHaveDuplicates().isEqualTo(marks(DOCUMENTS, 10));
    assertThat(marks).extracting(BsonValue::isString).contains(true, false);
    eachBeginsABatch(marks);
    eachDocumentIsMetOnce(marks);
  }

  /** The stand-in samples by sorting at random, which the JVM's sort finds out now and then. */
  private static List<BsonValue> sampled() {
    for (int tries = 50; ; tries--) {
      try {
        return marks(3_000_000, 10);
      } catch (com.mongodb.MongoCommandException e) {
        if (tries == 0 || !e.getMessage().contains("Comparison method violates")) {
          throw e;
        }
      }
    }
  }

  @Test
  void sampledTheyTileTheCollectionToo() {
    SERVER.need(Ability.TYPES);
    List<BsonValue> marks = sampled();
    assertThat(marks).hasSizeBetween(4, 10).doesNotHaveDuplicates();
    eachBeginsABatch(marks);
    eachDocumentIsMetOnce(marks);
  }

  @Test
  void onlyWhatIsFoundByEveryTypeIsDivided() {
    assertThat(marks(DOCUMENTS, 10).isEmpty()).isEqualTo(!SERVER.can(Ability.TYPES));
  }

  @Test
  void whatIsSmallIsNotDivided() {
    assertThat(marks(DOCUMENTS, 1)).isEmpty();
    assertThat(Division.marks(collection, Estimate.UNKNOWN, RULE, PART, new Cancellation()))
        .isEmpty();
  }
}
