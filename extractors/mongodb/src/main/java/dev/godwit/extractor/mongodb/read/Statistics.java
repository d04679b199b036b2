package dev.godwit.extractor.mongodb.read;

import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.dataset.Dataset.Estimate;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/** How much is in a collection, as the server knows it without looking. */
final class Statistics {
  private Statistics() {}

  /** Documents and their bytes; -1 for what the server does not tell. */
  static Estimate of(MongoConnection server, String database, String collection) {
    BsonString name = new BsonString(collection);
    Optional<BsonDocument> said = server.ask(database, new BsonDocument("collStats", name));
    if (said.isPresent()) {
      return new Estimate(number(said.get(), "count"), number(said.get(), "size"));
    }
    Optional<BsonDocument> counted = server.ask(database, new BsonDocument("count", name));
    return new Estimate(counted.map(c -> number(c, "n")).orElse(-1L), -1);
  }

  private static long number(BsonDocument of, String key) {
    BsonValue value = of.get(key, new BsonInt64(-1));
    return value.isNumber() ? value.asNumber().longValue() : -1;
  }
}
