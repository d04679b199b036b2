package dev.godwit.loader.mongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Counts documents that gave way to others, and names the first of those of which nothing is there.
 * Safe for use by many threads.
 */
final class Refused {
  private static final int NAMED = 10;

  private final Consumer<String> warnings;
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLong missing = new AtomicLong();

  Refused(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /** Another is there under the {@code _id} of a document, and stays as it is, as asked for. */
  void keep() {
    kept.incrementAndGet();
  }

  /** A unique index holds a document for equal to one that has another {@code _id}. */
  void miss(String collection, BsonValue id) {
    if (missing.incrementAndGet() <= NAMED) {
      warnings.accept(
          "a document of "
              + collection
              + " was not written: a unique index finds it equal to one that has another _id: "
              + new BsonDocument("_id", id).toJson());
    }
  }

  /** Lines that a person should read. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (kept.get() > 0) {
      notes.add(
          kept.get() == 1
              ? "1 document was there already, and was kept as it is"
              : kept.get() + " documents were there already, and were kept as they are");
    }
    if (missing.get() > NAMED) {
      notes.add((missing.get() - NAMED) + " more were not written than are named above");
    }
    return notes;
  }
}
