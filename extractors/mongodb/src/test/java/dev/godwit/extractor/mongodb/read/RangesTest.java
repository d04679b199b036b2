package dev.godwit.extractor.mongodb.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import dev.godwit.extractor.mongodb.bson.Raw;
import dev.godwit.testkit.sample.OddDocuments;
import dev.godwit.testkit.server.mongo.Ability;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.mongo.RanAgainst;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ranges of {@code _id}, of every type that one can be of, meet each document once. */
@ExtendWith(RanAgainst.class)
class RangesTest {
  /**
   * What breaks the connection to the stand-in, what it cannot compare, and what it takes for
   * larger than every number.
   */
  private static final Set<String> NOT_IN_STAND_IN =
      Set.of(
          "binary 1",
          "binary 2",
          "binary 3",
          "binary 4",
          "binary 5",
          "binary 6",
          "binary 7",
          "binary 8",
          "binary 9",
          "binary 128",
          "binary 255",
          "code",
          "NaN with a payload",
          "signalling NaN",
          "decimal NaN");

  private static MongoCollection<RawBsonDocument> collection;
  private static final Map<ByteBuffer, String> taken = new LinkedHashMap<>();

  @BeforeAll
  static void fill() {
    MongoServer server = MongoServer.shared();
    collection = server.collection(server.freeName(), "ids");
    OddDocuments.ids()
        .forEach(
            (what, document) -> {
              if (server.standIn() && NOT_IN_STAND_IN.contains(what)) {
                return;
              }
              try {
                var ignored = collection.insertOne(new RawBsonDocument(document));
                taken.put(ByteBuffer.wrap(document), what);
              } catch (MongoException e) {
                System.out.println(
                    server.describe() + " takes no _id that is " + what + ": " + e.getMessage());
              }
            });
    assertThat(taken).hasSizeGreaterThan(16);
  }

  private static List<String> read(Optional<BsonValue> from, Optional<BsonValue> to) {
    DocumentCursor.Query query =
        new DocumentCursor.Query(
            collection, Leg.between(from, to).iterator(), Optional.empty(), true, false, 3);
    List<String> found = new ArrayList<>();
    try (DocumentCursor cursor = new DocumentCursor(query, Optional.empty())) {
      for (RawBsonDocument document; (document = cursor.next()) != null; ) {
        found.add(String.valueOf(taken.get(Raw.bytes(document))));
      }
    }
    return found;
  }

  @Test
  void allDocumentsAreMetByteForByte() {
    assertThat(read(Optional.empty(), Optional.empty()))
        .containsExactlyInAnyOrderElementsOf(taken.values());
  }

  @Test
  void twoRangesMeetEachDocumentOnceWhereverTheyAreCut() {
    MongoServer.shared().need(Ability.TYPES);
    int cuts = 0;
    for (RawBsonDocument document : collection.find()) {
      BsonValue mark = document.get("_id");
      if (Bracket.ofMark(mark).isPresent()) {
        List<String> both = new ArrayList<>(read(Optional.empty(), Optional.of(mark)));
        both.addAll(read(Optional.of(mark), Optional.empty()));
        assertThat(both).as("cut at %s", mark).containsExactlyInAnyOrderElementsOf(taken.values());
        cuts++;
      }
    }
    assertThat(cuts).isGreaterThan(10);
  }

  @Test
  void manyRangesInTheServersOrderMeetEachDocumentOnce() {
    MongoServer.shared().need(Ability.TYPES);
    List<BsonValue> marks = new ArrayList<>();
    for (RawBsonDocument document :
        collection.find().sort(new BsonDocument("_id", new BsonInt32(1)))) {
      BsonValue id = document.get("_id");
      if (Bracket.ofMark(id).isPresent()) {
        marks.add(id);
      }
    }
    List<String> all = new ArrayList<>(read(Optional.empty(), Optional.of(marks.get(0))));
    for (int i = 0; i < marks.size(); i++) {
      Optional<BsonValue> to =
          i + 1 < marks.size() ? Optional.of(marks.get(i + 1)) : Optional.empty();
      all.addAll(read(Optional.of(marks.get(i)), to));
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(taken.values());
  }
}
