package dev.godwit.extractor.mongodb.schema;

import dev.godwit.extractor.mongodb.bson.Raw;
import dev.godwit.spi.dataset.SchemaObject;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** The kinds of definitions of a database, and how their bytes are kept. */
public final class Kinds {
  /** A collection and all of its options: a {@code create} command. */
  public static final String COLLECTION = "collection";

  /** A view: a {@code create} command. */
  public static final String VIEW = "view";

  /** An index with all of its options: a {@code createIndexes} command. */
  public static final String INDEX = "index";

  /** An index by which the server deletes documents that have expired. */
  public static final String EXPIRING_INDEX = "expiring index";

  /** A role, as the server keeps it. */
  public static final String ROLE = "role";

  /** A user, as the server keeps it, with what proves its password. */
  public static final String USER = "user";

  /**
   * Attribute: the definition's BSON in base 64. The text of a definition is for people: Extended
   * JSON cannot tell a value of BSON from a document that looks like one, as {@code $regex} does.
   */
  private static final String BYTES = "bson";

  private Kinds() {}

  /** The attributes that keep a document to the byte. */
  static java.util.Map<String, String> keeping(BsonDocument document) {
    return java.util.Map.of(
        BYTES, Raw.encode(new RawBsonDocument(document, new org.bson.codecs.BsonDocumentCodec())));
  }

  /**
   * The document of a definition.
   *
   * @throws IllegalArgumentException if the object is none of MongoDB's
   */
  public static RawBsonDocument document(SchemaObject object) {
    return Raw.decode(
        object
            .attribute(BYTES)
            .orElseThrow(() -> new IllegalArgumentException(object.id() + " has no BSON")));
  }
}
