package dev.godwit.mapping.keyvalue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Values of documents as text: plain where they have one, else relaxed Extended JSON. */
final class KeyValueText {
  /** Relaxed Extended JSON in one line. */
  static final JsonWriterSettings RELAXED =
      JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

  private static final String WRAPPED = "{\"v\": ";

  private KeyValueText() {}

  /**
   * What values have in common that have different texts, unless they are equal: a type; of bytes
   * their subtype too, which no text tells.
   *
   * @param word for people
   */
  record Kind(String word) {}

  /** The kind of a value; empty where it has no plain text. */
  static Optional<Kind> kind(BsonValue value) {
    return word(value).map(Kind::new);
  }

  private static Optional<String> word(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING -> Optional.of("text");
      case INT32, INT64, DOUBLE -> Optional.of("number");
      case DECIMAL128 -> Optional.of("decimal");
      case OBJECT_ID -> Optional.of("object id");
      case BOOLEAN -> Optional.of("boolean");
      case DATE_TIME -> Optional.of("date");
      case BINARY -> Optional.of(isUuid(value.asBinary()) ? "uuid" : bytes(value.asBinary()));
      default -> Optional.empty();
    };
  }

  private static String bytes(BsonBinary binary) {
    boolean generic = binary.getType() == BsonBinarySubType.BINARY.getValue();
    return generic ? "bytes" : "bytes of subtype " + (binary.getType() & 0xff);
  }

  private static boolean isUuid(BsonBinary binary) {
    return binary.getType() == BsonBinarySubType.UUID_STANDARD.getValue()
        && binary.getData().length == 16;
  }

  /** The text of a value; of bytes their hexadecimal digits. */
  static String of(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING -> value.asString().getValue();
      case INT32 -> Integer.toString(value.asInt32().getValue());
      case INT64 -> Long.toString(value.asInt64().getValue());
      case DOUBLE -> CellTexts.floating(value.asDouble().getValue());
      case DECIMAL128 -> value.asDecimal128().getValue().toString();
      case OBJECT_ID -> value.asObjectId().getValue().toHexString();
      case BOOLEAN -> Boolean.toString(value.asBoolean().getValue());
      case DATE_TIME -> Instant.ofEpochMilli(value.asDateTime().getValue()).toString();
      case BINARY ->
          isUuid(value.asBinary())
              ? value.asBinary().asUuid().toString()
              : HexFormat.of().formatHex(value.asBinary().getData());
      default -> json(value);
    };
  }

  /** The bytes of a value in a hash: those of its text, or its own where it is bytes. */
  static byte[] bytes(BsonValue value) {
    boolean raw = value.isBinary() && !isUuid(value.asBinary());
    return raw ? value.asBinary().getData() : of(value).getBytes(StandardCharsets.UTF_8);
  }

  private static String json(BsonValue value) {
    String wrapped = new BsonDocument("v", value).toJson(RELAXED);
    return wrapped.substring(WRAPPED.length(), wrapped.length() - 1);
  }

  /** Whether bytes hold the UTF-8 of the character that stands for what is none. */
  static boolean holdsReplacement(byte[] bytes) {
    byte[] sought = "\ufffd".getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at <= bytes.length - sought.length; at++) {
      if (bytes[at] == sought[0] && bytes[at + 1] == sought[1] && bytes[at + 2] == sought[2]) {
        return true;
      }
    }
    return false;
  }
}
