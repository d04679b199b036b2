package dev.godwit.extractor.mongodb.read;

import com.mongodb.MongoCommandException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import java.util.Iterator;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;

/** The documents of one partition: its queries one after the other. Used by one thread. */
final class DocumentCursor implements AutoCloseable {
  /**
   * How a partition is asked for.
   *
   * @param ordered by their {@code _id}
   * @param capped the order of insertion counts, whatever index a condition could go by
   */
  record Query(
      MongoCollection<RawBsonDocument> collection,
      Iterator<Leg> legs,
      Optional<BsonDocument> condition,
      boolean ordered,
      boolean capped,
      int batchDocuments) {}

  private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));
  private static final BsonDocument AS_THEY_LIE = new BsonDocument("$natural", new BsonInt32(1));

  private final Query query;
  private final Optional<ClientSession> session;
  private MongoCursor<RawBsonDocument> open;

  DocumentCursor(Query query, Optional<ClientSession> session) {
    this.query = query;
    this.session = session;
  }

  /** The next document, or null at the end. */
  RawBsonDocument next() {
    while (true) {
      if (open == null) {
        if (!query.legs().hasNext()) {
          return null;
        }
        open = open(query.legs().next());
      }
      if (open != null && open.hasNext()) {
        return open.next();
      }
      close();
    }
  }

  private MongoCursor<RawBsonDocument> open(Leg leg) {
    BsonDocument filter =
        query
            .condition()
            .map(c -> new BsonDocument("$and", new BsonArray(java.util.List.of(leg.filter(), c))))
            .orElse(leg.filter());
    FindIterable<RawBsonDocument> found =
        session
            .map(s -> query.collection().find(s, filter))
            .orElseGet(() -> query.collection().find(filter));
    if (query.ordered()) {
      found = found.sort(BY_ID);
    } else if (query.capped() || query.condition().isEmpty()) {
      found = found.hint(AS_THEY_LIE);
    }
    try {
      return found.batchSize(query.batchDocuments()).iterator();
    } catch (MongoCommandException e) {
      if (leg.optional() && String.valueOf(e.getErrorMessage()).contains("nknown type")) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
