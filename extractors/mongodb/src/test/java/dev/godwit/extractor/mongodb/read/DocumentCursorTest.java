package dev.godwit.extractor.mongodb.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

/** What a server is asked for. */
class DocumentCursorTest {
  private final List<BsonDocument> asked = new ArrayList<>();

  private BsonDocument find(boolean capped) {
    MongoServer server = MongoServer.shared();
    String database = server.freeName();
    MongoClientSettings settings =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(server.uri(database)))
            .addCommandListener(
                new CommandListener() {
                  @Override
                  public void commandStarted(CommandStartedEvent event) {
                    asked.add(event.getCommand().clone());
                  }
                })
            .build();
    try (MongoClient client = MongoClients.create(settings);
        DocumentCursor cursor =
            new DocumentCursor(
                new DocumentCursor.Query(
                    client.getDatabase(database).getCollection("c", RawBsonDocument.class),
                    List.of(Leg.ALL).iterator(),
                    Optional.of(BsonDocument.parse("{a: {$gt: 1}}")),
                    false,
                    capped,
                    10),
                Optional.empty())) {
      assertThat(cursor.next()).isNull();
    }
    return asked.stream().filter(c -> c.containsKey("find")).findFirst().orElseThrow();
  }

  /** An index that the condition goes by would give them in its own order. */
  @Test
  void documentsOfACappedCollectionComeAsTheyLieAlsoUnderACondition() {
    assertThat(find(true).get("hint")).isEqualTo(BsonDocument.parse("{$natural: 1}"));
  }

  @Test
  void otherConditionsMayGoByAnIndex() {
    assertThat(find(false)).doesNotContainKey("hint");
  }
}
