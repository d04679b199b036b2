package dev.godwit.loader.mongodb;

import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * The collation of indexes that compare by bytes. A server lists such an index without a collation,
 * but one made without would get that of its collection: another index, which finds equal what is
 * not, or that a hashed or a text index cannot have. So it is said.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/collation/">Collation</a>
 */
final class SimpleCollation {
  private static final String COLLATION = "collation";

  private SimpleCollation() {}

  /**
   * The index as it is to be made.
   *
   * @param create the command that makes its collection
   */
  static BsonDocument saidOf(BsonDocument index, BsonDocument create) {
    // Indexes of an older version compare by bytes always, and may not say so.
    if (!create.containsKey(COLLATION)
        || index.containsKey(COLLATION)
        || IndexVersion.isOlder(index)) {
      return index;
    }
    BsonDocument said = new BsonDocument();
    index.forEach(said::append);
    return said.append(COLLATION, new BsonDocument("locale", new BsonString("simple")));
  }
}
