package dev.godwit.loader.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import dev.godwit.extractor.mongodb.bson.Elements;
import dev.godwit.extractor.mongodb.bson.Raw;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.RawBsonDocument;

/**
 * Timestamps of zero at the top level of a document. A server puts its own time there when the
 * document comes in, unless it is told not to (from 8.0 on) or the field is set afterwards. So such
 * documents are read back, put right, and counted where they cannot be.
 *
 * @see <a
 *     href="https://www.mongodb.com/docs/manual/reference/bson-types/#timestamps">Timestamps</a>
 */
final class EmptyTimestamps {
  /** The wire protocol of 8.0, which takes {@code bypassEmptyTsReplacement}. */
  private static final int TAKES_ORDERS = 25;

  private final MongoConnection server;
  private final String database;
  private final AtomicLong lost = new AtomicLong();

  EmptyTimestamps(MongoConnection server, String database) {
    this.server = server;
    this.database = database;
  }

  /** Whether a document has one; its {@code _id} does not count, which servers leave alone. */
  static boolean in(RawBsonDocument document) {
    boolean empty = false;
    boolean found = false;
    ByteBuffer bytes = Raw.bytes(document);
    Elements elements =
        new Elements(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    while (elements.next()) {
      found |= elements.isId();
      empty |= elements.isEmptyTimestamp() && !elements.isId();
    }
    return empty && found; // without an _id, as in a time series, it is not found again
  }

  /** Looks whether documents that were written are as they were given, and puts them right. */
  void check(MongoCollection<RawBsonDocument> collection, List<RawBsonDocument> documents) {
    List<RawBsonDocument> changed = changed(collection, documents);
    for (RawBsonDocument document : changed) {
      try {
        if (server.wireVersion() >= TAKES_ORDERS) {
          replace(collection.getNamespace().getCollectionName(), document);
        } else {
          set(collection, document);
        }
      } catch (MongoException e) {
        // What could not be put right is counted below.
      }
    }
    lost.addAndGet(changed(collection, changed).size());
  }

  /** Those of the documents that are not in a collection as they are given. */
  static List<RawBsonDocument> changed(
      MongoCollection<RawBsonDocument> collection, List<RawBsonDocument> documents) {
    if (documents.isEmpty()) {
      return documents;
    }
    BsonArray ids = new BsonArray();
    documents.forEach(document -> ids.add(document.get("_id")));
    Set<ByteBuffer> there = new HashSet<>();
    for (RawBsonDocument found :
        collection.find(new BsonDocument("_id", new BsonDocument("$in", ids)))) {
      there.add(Raw.bytes(found));
    }
    return documents.stream().filter(document -> !there.contains(Raw.bytes(document))).toList();
  }

  private static BsonDocument byId(RawBsonDocument document) {
    return new BsonDocument("_id", new BsonDocument("$eq", document.get("_id")));
  }

  private void replace(String collection, RawBsonDocument document) {
    BsonDocument update = new BsonDocument("q", byId(document)).append("u", document);
    var ignored =
        server.command(
            database,
            new BsonDocument("update", new BsonString(collection))
                .append("updates", new BsonArray(List.of(update)))
                .append("bypassDocumentValidation", BsonBoolean.TRUE)
                .append("bypassEmptyTsReplacement", BsonBoolean.TRUE));
  }

  private static void set(MongoCollection<RawBsonDocument> collection, RawBsonDocument document) {
    BsonDocument zeros = zeros(document);
    if (!zeros.isEmpty()) {
      UpdateOptions pastTheValidator = new UpdateOptions().bypassDocumentValidation(true);
      var ignored =
          collection.updateOne(byId(document), new BsonDocument("$set", zeros), pastTheValidator);
    }
  }

  /** The timestamps to be set; not those whose name would be taken for a path, and make another. */
  static BsonDocument zeros(RawBsonDocument document) {
    BsonDocument zeros = new BsonDocument();
    ByteBuffer bytes = Raw.bytes(document);
    Elements elements =
        new Elements(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    while (elements.next()) {
      if (elements.isEmptyTimestamp() && !elements.isId() && elements.name().indexOf('.') < 0) {
        zeros.append(elements.name(), new BsonTimestamp(0));
      }
    }
    return zeros;
  }

  /** What a person should know of it. */
  List<String> notes() {
    return lost.get() == 0
        ? List.of()
        : List.of("documents whose empty timestamp the server filled in: " + lost.get());
  }
}
