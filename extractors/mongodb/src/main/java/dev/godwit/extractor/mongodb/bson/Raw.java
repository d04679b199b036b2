package dev.godwit.extractor.mongodb.bson;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Whole documents as bytes, and as text for people. */
public final class Raw {
  private static final JsonWriterSettings CANONICAL =
      JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

  private Raw() {}

  /** The bytes of a document, not copied; they lie between position and limit. */
  public static ByteBuffer bytes(RawBsonDocument document) {
    return document.getByteBuffer().asNIO();
  }

  /** Canonical Extended JSON. */
  public static String json(BsonDocument document) {
    return document.toJson(CANONICAL);
  }

  /** The bytes of a document as text, to be kept with a definition. */
  public static String encode(RawBsonDocument document) {
    ByteBuffer bytes = bytes(document);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }

  /** Reads what {@link #encode} wrote. */
  public static RawBsonDocument decode(String text) {
    return new RawBsonDocument(Base64.getDecoder().decode(text));
  }
}
