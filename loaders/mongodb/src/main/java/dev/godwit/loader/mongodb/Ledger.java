package dev.godwit.loader.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import dev.godwit.extractor.mongodb.schema.Collections;
import dev.godwit.extractor.mongodb.session.ServerFailure;
import dev.godwit.loader.mongodb.LoadOptions.IfExists;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * What of a plan is done, in a collection of the target that is dropped at the very end: a document
 * for the plan, and one for each partition and each step of finishing.
 */
final class Ledger {
  private static final String PLAN = "plan";
  private static final String IF_EXISTS = "if exists";

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
    return begun().map(found -> found.getString(PLAN).getValue());
  }

  /**
   * Whether documents that others wrote were to stay: then what goes on with the load keeps them
   * too.
   */
  boolean keepsOthers() {
    BsonString keep = new BsonString(IfExists.KEEP.name());
    return begun().filter(found -> keep.equals(found.get(IF_EXISTS))).isPresent();
  }

  private Optional<BsonDocument> begun() {
    try {
      return Optional.ofNullable(marks.find(id(PLAN)).first());
    } catch (MongoException e) {
      throw failures.of("cannot read the ledger", e);
    }
  }

  /** Notes the plan, and with it what it was to do with documents that were there. */
  void begin(String plan, IfExists ifExists) {
    put(
        id(PLAN)
            .append(PLAN, new BsonString(plan))
            .append(IF_EXISTS, new BsonString(ifExists.name())));
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
