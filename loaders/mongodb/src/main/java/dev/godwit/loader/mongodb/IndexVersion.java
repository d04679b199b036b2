package dev.godwit.loader.mongodb;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/**
 * The version of an index: how a server stores it. Every server since 3.4 makes version 2 unless it
 * is told otherwise, and lists it with that number; but one that only speaks the same protocol may
 * list it and take no such option. So 2 is not said. An older version is: what such an index finds
 * equal is another matter.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/command/createIndexes/">
 *     createIndexes</a>
 */
final class IndexVersion {
  private static final String OPTION = "v";
  private static final int USUAL = 2;

  private IndexVersion() {}

  /** Whether it is of a version that knows no collations. */
  static boolean isOlder(BsonDocument index) {
    BsonValue version = index.get(OPTION, new BsonInt32(USUAL));
    return version.isNumber() && version.asNumber().intValue() < USUAL;
  }

  /** The index as it is to be made, its version said only where it is an older one. */
  static BsonDocument saidOf(BsonDocument index) {
    if (isOlder(index)) {
      return index;
    }
    BsonDocument said = new BsonDocument();
    index.forEach(said::append);
    said.remove(OPTION);
    return said;
  }
}
