package dev.godwit.loader.mongodb;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
import dev.godwit.extractor.mongodb.session.ServerFailure;
import dev.godwit.loader.mongodb.LoadOptions.IfExists;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * Writes documents into one collection, many at once and past its validator. What is there under
 * the same {@code _id}, because an earlier try wrote it, is replaced: that makes writing
 * idempotent.
 */
final class DocumentSink {
  private static final int DUPLICATE_KEY = 11000;

  private final MongoCollection<RawBsonDocument> collection;
  private final String name;
  private final boolean inOrder;
  private final IfExists ifExists;
  private final EmptyTimestamps emptyTimestamps;
  private final Refused refused;
  private final ServerFailure failures;
  private long written;
  private long kept;

  DocumentSink(
      MongoCollection<RawBsonDocument> collection,
      String name,
      boolean inOrder,
      IfExists ifExists,
      EmptyTimestamps emptyTimestamps,
      Refused refused,
      ServerFailure failures) {
    this.collection = collection;
    this.name = name;
    this.inOrder = inOrder;
    this.ifExists = ifExists;
    this.emptyTimestamps = emptyTimestamps;
    this.refused = refused;
    this.failures = failures;
  }

  /** Documents that are in the collection now as they were given. */
  long written() {
    return written;
  }

  /**
   * Documents that were left out because others are there, under their {@code _id} or equal to them
   * in a unique index.
   */
  long kept() {
    return kept;
  }

  /** Writes some documents; the list is as large as one request may be. */
  void write(List<RawBsonDocument> documents) {
    try {
      Set<RawBsonDocument> others = insert(documents);
      kept += others.size();
      written += documents.size() - others.size();
      emptyTimestamps.check(
          collection,
          documents.stream().filter(d -> !others.contains(d) && EmptyTimestamps.in(d)).toList());
    } catch (MongoException e) {
      throw failures.of("cannot write " + name, e);
    }
  }

  /** Writes the documents but for those, returned, that others keep the place of. */
  private Set<RawBsonDocument> insert(List<RawBsonDocument> documents) {
    Set<RawBsonDocument> others = Collections.newSetFromMap(new IdentityHashMap<>());
    List<RawBsonDocument> left = documents;
    while (!left.isEmpty()) {
      try {
        var ignored =
            collection.insertMany(
                left, new InsertManyOptions().ordered(inOrder).bypassDocumentValidation(true));
        return others;
      } catch (MongoBulkWriteException e) {
        // What is there to the byte may be ours, of an earlier try, and is not written again: a
        // server takes names into a document that it refuses in a replacement.
        List<RawBsonDocument> differing = EmptyTimestamps.changed(collection, thoseThere(left, e));
        if (ifExists == IfExists.KEEP) {
          others.addAll(differing);
          tell(differing);
        } else if (!differing.isEmpty()) {
          replace(differing);
        }
        int last = e.getWriteErrors().get(e.getWriteErrors().size() - 1).getIndex();
        left = inOrder ? left.subList(last + 1, left.size()) : List.of();
      }
    }
    return others;
  }

  /** Tells those of which nothing is there from those that others keep the place of. */
  private void tell(List<RawBsonDocument> left) {
    BsonArray ids = new BsonArray();
    left.forEach(document -> ids.add(document.get("_id")));
    Set<BsonValue> there = new HashSet<>();
    for (RawBsonDocument found : ids(new BsonDocument("$in", ids))) {
      there.add(found.get("_id"));
    }
    for (RawBsonDocument document : left) {
      BsonValue id = document.get("_id");
      // To a server an _id may be equal that is of another type or, by a collation, other text.
      if (there.contains(id) || ids(new BsonDocument("$eq", id)).first() != null) {
        refused.keep();
      } else {
        refused.miss(name, id);
      }
    }
  }

  private FindIterable<RawBsonDocument> ids(BsonDocument condition) {
    return collection
        .find(new BsonDocument("_id", condition))
        .projection(new BsonDocument("_id", new BsonInt32(1)));
  }

  private List<RawBsonDocument> thoseThere(
      List<RawBsonDocument> documents, MongoBulkWriteException failure) {
    List<RawBsonDocument> there = new ArrayList<>();
    if (failure.getWriteErrors().isEmpty()) {
      throw failure;
    }
    for (BulkWriteError error : failure.getWriteErrors()) {
      RawBsonDocument document = documents.get(error.getIndex());
      if (error.getCode() != DUPLICATE_KEY || !document.containsKey("_id")) {
        throw new GodwitException(
            ExitCode.FAILED,
            "cannot write " + name + ": " + ServerFailure.told(error.getMessage()),
            "the document's _id is " + document.get("_id"),
            failure);
      }
      there.add(document);
    }
    return there;
  }

  private void replace(List<RawBsonDocument> there) {
    List<ReplaceOneModel<RawBsonDocument>> replacements = new ArrayList<>();
    for (RawBsonDocument document : there) {
      BsonDocument id = new BsonDocument("$eq", document.get("_id"));
      replacements.add(new ReplaceOneModel<>(new BsonDocument("_id", id), document));
    }
    BulkWriteResult replaced =
        collection.bulkWrite(
            replacements, new BulkWriteOptions().ordered(false).bypassDocumentValidation(true));
    if (replaced.getMatchedCount() < there.size()) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot write "
              + name
              + ": a unique index finds documents equal to others that have another _id",
          "drop the index or those documents first; documents are replaced by their _id alone");
    }
  }
}
