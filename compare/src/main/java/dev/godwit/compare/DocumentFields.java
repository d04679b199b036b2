package dev.godwit.compare;

import dev.godwit.transfer.hash.RowValues;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.BsonBinaryReader;
import org.bson.BsonSerializationException;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * The fields of a document, in their order; a name may come twice.
 *
 * @param all the fields
 */
record DocumentFields(List<Field> all) {
  private static final JsonWriterSettings RELAXED = settings(JsonMode.RELAXED);
  private static final JsonWriterSettings CANONICAL = settings(JsonMode.EXTENDED);

  private static JsonWriterSettings settings(JsonMode mode) {
    return JsonWriterSettings.builder().outputMode(mode).build();
  }

  /**
   * One field.
   *
   * @param document that holds its value and nothing else
   */
  record Field(String name, ByteBuffer document) {
    private static final int BEFORE = "{\"v\": ".length();

    boolean sameAs(Field other) {
      return document.equals(other.document);
    }

    /** For people. */
    Object json() {
      return json(RELAXED);
    }

    /** With its type; its bytes where even that does not tell it from others. */
    Object exactly() {
      return document.equals(again()) ? json(CANONICAL) : document;
    }

    /** What its canonical JSON says, as a document. */
    private ByteBuffer again() {
      try {
        return RawBsonDocument.parse(raw().toJson(CANONICAL)).getByteBuffer().asNIO();
      } catch (RuntimeException e) { // not even the library reads it
        return ByteBuffer.allocate(0);
      }
    }

    private RawBsonDocument raw() {
      return new RawBsonDocument(RowValues.copy(document));
    }

    private Object json(JsonWriterSettings settings) {
      try {
        String json = raw().toJson(settings);
        return new ExtendedJson(json.substring(BEFORE, json.length() - 1));
      } catch (BsonSerializationException e) {
        return document;
      }
    }

    /** The value where it is a number or a text, else its JSON: for an order that people expect. */
    Object comparable() {
      BsonValue value = raw().get("v");
      if (value.isInt32() || value.isInt64()) {
        return BigDecimal.valueOf(value.asNumber().longValue());
      } else if (value.isDouble() && Double.isFinite(value.asDouble().getValue())) {
        return new BigDecimal(value.asDouble().getValue());
      } else if (value.isString()) {
        return value.asString().getValue();
      }
      return json(RELAXED) instanceof ExtendedJson json ? json.text() : "";
    }
  }

  /** The fields of a document; of one that is none, nothing. */
  static DocumentFields of(byte[] document) {
    List<Field> fields = new ArrayList<>();
    try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(document))) {
      reader.readStartDocument();
      for (BsonType type = reader.readBsonType();
          type != BsonType.END_OF_DOCUMENT;
          type = reader.readBsonType()) {
        String name = reader.readName();
        int from = reader.getBsonInput().getPosition();
        reader.skipValue();
        int to = reader.getBsonInput().getPosition();
        fields.add(new Field(name, alone(type, document, from, to)));
      }
    }
    return new DocumentFields(List.copyOf(fields));
  }

  private static ByteBuffer alone(BsonType type, byte[] document, int from, int to) {
    int length = Integer.BYTES + 3 + (to - from) + 1;
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .put((byte) type.getValue())
        .put((byte) 'v')
        .put((byte) 0)
        .put(document, from, to - from)
        .rewind();
  }

  /** The names in their order. */
  String names() {
    return all.stream().map(Field::name).collect(Collectors.joining(", "));
  }

  /** A whole document, for people. */
  static String text(byte[] document) {
    return new RawBsonDocument(document).toJson(RELAXED);
  }
}
