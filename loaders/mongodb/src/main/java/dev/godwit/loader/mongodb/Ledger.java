package dev.godwit.loader.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import dev.godwit.extractor.mongodb.schema.Collections;
import dev.godwit.extractor.mongodb.session.ServerFailure;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * What of a plan is done, in a collection of the target that is dropped at the very end: a document
 * for the plan, and one for each partition and each step of finishing.
 */
final class Ledger {
  private static final String PLAN = "plan";

  private final MongoCollection<BsonDocument> marks;
  private final ServerFailure failures;

  Ledger(Target target) {
    this.marks =
        target
            .server()
            .database(target.database())
            .getCollection(Collections.LEDGER, BsonDocument.class);
    this.failures = target.server().failures();
  }

  /** The plan of an unfinished load; empty where there is none. */
  Optional<String> plan() {
    try {
      return Optional.ofNullable(marks.find(id(PLAN)).first())
          .map(found -> found.getString(PLAN).getValue());
    } catch (MongoException e) {
      throw failures.of("cannot read the ledger", e);
    }
  }

  void begin(String plan) {
    put(id(PLAN).append(PLAN, new BsonString(plan)));
  }

  boolean holds(String item) {
    try {
      return marks.find(id(item)).first() != null;
    } catch (MongoException e) {
      throw failures.of("cannot read the ledger", e);
    }
  }

  void mark(String item) {
    put(id(item));
  }

  private void put(BsonDocument mark) {
    try {
      var ignored =
          marks.replaceOne(
              id(mark.getString("_id").getValue()), mark, new ReplaceOptions().upsert(true));
    } catch (MongoException e) {
      throw failures.of("cannot write the ledger", e);
    }
  }

  void drop() {
    try {
      marks.drop();
    } catch (MongoException e) {
      throw failures.of("cannot seal the load", e);
    }
  }

  private static BsonDocument id(String item) {
    return new BsonDocument("_id", new BsonString(item));
  }
}
