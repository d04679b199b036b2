package dev.godwit.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCursor;
import org.bson.RawBsonDocument;

/** Reads a collection to its end and does nothing with it: what no reader can beat by much. */
public final class BareCursor {
  /** About 10 MB: a stand-in does not bound an answer by itself. */
  private static final int TOGETHER = 10_000;

  private BareCursor() {}

  /** Reads the collection of the database whose URI is given. */
  public static void main(String[] arguments) {
    try (MongoClient client = MongoClients.create(arguments[0]);
        MongoCursor<RawBsonDocument> cursor =
            client
                .getDatabase(DocumentStore.DATABASE)
                .getCollection(DocumentStore.COLLECTION, RawBsonDocument.class)
                .find()
                .batchSize(TOGETHER)
                .cursor()) {
      long bytes = 0;
      while (cursor.hasNext()) {
        bytes += cursor.next().getByteBuffer().remaining();
      }
      System.out.println(bytes);
    }
  }
}
