package dev.godwit.extractor.mongodb.read;

import com.mongodb.MongoCommandException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import dev.godwit.extractor.mongodb.bson.IdHash;
import dev.godwit.extractor.mongodb.bson.Raw;
import dev.godwit.spi.dataset.Dataset.Estimate;
import dev.godwit.spi.run.Cancellation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Divides a collection by {@code _id} into partitions of about the same size. Up to two million
 * documents it counts its way along the index, which gives the same marks each time; beyond that it
 * takes a sample. Either way a partition begins at the next document that always begins a batch
 * ({@link CutRule}), so that where partitions are cut makes no difference to the batches.
 *
 * <p>All values are compared by the server, by the collection's own collation. A server that cannot
 * search for some type, such as FerretDB 1, is read in one: ranges might pass over its documents.
 */
final class Division {
  private static final long COUNTED = 2_000_000;
  private static final long MOST_PARTITIONS = 4096;
  private static final int SAMPLES = 20;
  private static final Bson BY_ID = new BsonDocument("_id", new BsonInt32(1));

  private final MongoCollection<RawBsonDocument> collection;
  private final CutRule rule;
  private final Cancellation cancellation;
  private final List<BsonValue> marks = new ArrayList<>();

  private Division(
      MongoCollection<RawBsonDocument> collection, CutRule rule, Cancellation cancellation) {
    this.collection = collection;
    this.rule = rule;
    this.cancellation = cancellation;
  }

  /** The marks between the partitions, in the server's order; none for a single one. */
  static List<BsonValue> marks(
      MongoCollection<RawBsonDocument> collection,
      Estimate estimate,
      CutRule rule,
      long partitionBytes,
      Cancellation cancellation) {
    Division division = new Division(collection, rule, cancellation);
    long wanted = Math.min(MOST_PARTITIONS, estimate.bytes() / partitionBytes);
    if (wanted <= 1 || !division.findsEveryType()) {
      return List.of();
    }
    if (estimate.rows() <= COUNTED) {
      division.count(Math.max(1, estimate.rows() / wanted));
    } else {
      division.sample((int) wanted);
    }
    return division.marks;
  }

  /** Whether the server takes the queries that read a range beyond what it is divided by. */
  private boolean findsEveryType() {
    for (Bracket bracket : Bracket.values()) {
      try {
        if (!bracket.divides() && bracket != Bracket.ODD) {
          var ignored = ids(bracket.all()).limit(1).first();
        }
      } catch (MongoCommandException e) {
        return false; // whatever else it refuses, reading in one is told of
      }
    }
    return true;
  }

  private void count(long step) {
    for (Bracket bracket : Bracket.values()) {
      if (bracket.divides()) {
        Optional<RawBsonDocument> at = skip(bracket.all(), step);
        while (at.isPresent()) {
          cancellation.check();
          at =
              mark(at.get())
                  ? skip(new BsonDocument("$gte", marks.get(marks.size() - 1)), step)
                  : Optional.empty();
        }
      }
    }
  }

  private Optional<RawBsonDocument> skip(BsonDocument condition, long documents) {
    int step = (int) Math.min(documents, Integer.MAX_VALUE);
    return Optional.ofNullable(ids(condition).skip(step).limit(1).first());
  }

  private FindIterable<RawBsonDocument> ids(BsonDocument condition) {
    return collection.find(new BsonDocument("_id", condition)).projection(BY_ID).sort(BY_ID);
  }

  private void sample(int wanted) {
    List<Bson> stages =
        List.of(
            stage("$sample", new BsonDocument("size", new BsonInt32(wanted * SAMPLES))),
            stage("$project", BY_ID.toBsonDocument()),
            stage("$sort", BY_ID.toBsonDocument()));
    int met = 0;
    for (RawBsonDocument id : collection.aggregate(stages).allowDiskUse(true)) {
      cancellation.check();
      if (++met % SAMPLES == 0) {
        mark(id);
      }
    }
  }

  private static Bson stage(String name, BsonDocument what) {
    return new BsonDocument(name, what);
  }

  /** Sets a mark at the next document that always begins a batch; false where there is none. */
  private boolean mark(RawBsonDocument candidate) {
    BsonValue from = candidate.get("_id");
    if (from == null || Bracket.ofMark(from).isEmpty()) {
      return false;
    }
    int far = 4 << Math.min(rule.spread(), 20);
    try (MongoCursor<RawBsonDocument> ids =
        ids(new BsonDocument("$gte", from)).limit(far).iterator()) {
      while (ids.hasNext()) {
        RawBsonDocument id = ids.next();
        ByteBuffer bytes = Raw.bytes(id);
        long hash =
            IdHash.of(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        if (rule.always(hash)) {
          return add(id.get("_id"));
        }
      }
    }
    return false;
  }

  private boolean add(BsonValue mark) {
    boolean fits = Bracket.ofMark(mark).isPresent();
    if (fits && (marks.isEmpty() || !marks.get(marks.size() - 1).equals(mark))) {
      marks.add(mark);
    }
    return fits;
  }
}
