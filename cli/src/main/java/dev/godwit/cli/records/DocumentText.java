package dev.godwit.cli.records;

import java.util.Base64;
import org.bson.BsonSerializationException;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Documents as MongoDB's Extended JSON in one line: relaxed, so that a number is a number.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/">Extended
 *     JSON</a>
 */
final class DocumentText {
  private static final JsonWriterSettings RELAXED =
      JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

  private DocumentText() {}

  /** The document; its bytes in base64 as a JSON text where the library cannot read them. */
  static String of(byte[] document) {
    try {
      return new RawBsonDocument(document).toJson(RELAXED);
    } catch (BsonSerializationException | IllegalArgumentException e) {
      return '"' + Base64.getEncoder().encodeToString(document) + '"';
    }
  }
}
