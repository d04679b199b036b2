package dev.godwit.extractor.mongodb.schema;

import com.mongodb.MongoException;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;

/** What a sharded cluster keeps about a database and a backup does not carry. */
final class Shards {
  private Shards() {}

  /** How many of its collections are divided among shards; 0 where the server does not tell. */
  static long keys(MongoConnection server, String database) {
    String prefix = "^" + java.util.regex.Pattern.quote(database + ".");
    try {
      return server
          .collection("config", "collections")
          .countDocuments(new BsonDocument("_id", new BsonRegularExpression(prefix)));
    } catch (MongoException e) {
      return 0;
    }
  }
}
