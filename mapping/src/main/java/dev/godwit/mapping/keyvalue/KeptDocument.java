package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.Utf8;
import dev.godwit.mapping.document.BsonType;
import dev.godwit.mapping.document.Elements;
import dev.godwit.spi.record.KeyValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A document that was made of a key with a value: the columns of {@link KeysToRows} are its fields,
 * the key is its {@code _id}. Reused from document to document, by one thread.
 */
final class KeptDocument {
  /** The name of the key's field. */
  static final String ID = "_id";

  /** The name of the one further field. */
  static final String FLAGS = "flags";

  /** Names of the fields, by the places of the columns, with the flags after them. */
  private static final List<byte[]> NAMES =
      Stream.concat(
              Stream.concat(
                  Stream.of(ID), KeyValues.SCHEMA.getFields().stream().skip(1).map(Field::getName)),
              Stream.of(FLAGS))
          .map(name -> name.getBytes(StandardCharsets.UTF_8))
          .toList();

  private final Elements fields = new Elements();
  private final ElementsJson json = new ElementsJson();
  private final int[] places = new int[NAMES.size()];
  private byte[] key = {};
  private KeyHead head = new KeyHead(KeyType.STRING, OptionalLong.empty(), OptionalLong.empty());

  /**
   * Reads a document, of which the elements are not looked into.
   *
   * @throws IllegalArgumentException if it is none, or is not of the form
   */
  void read(byte[] bytes, int from, int to) {
    fields.read(bytes, from, to);
    find();
    if (!is(KeyValues.KEY, BsonType.STRING)) {
      throw new IllegalArgumentException("it has no _id that is text");
    }
    key = bytes(KeyValues.KEY, "_id");
    if (!is(KeyValues.TYPE, BsonType.STRING)) {
      throw new IllegalArgumentException("it has no type");
    }
    KeyType type =
        KeyType.of(text(KeyValues.TYPE))
            .orElseThrow(() -> new IllegalArgumentException("it has a type that no value is of"));
    checkValue(type);
    head = new KeyHead(type, expires(), flags());
  }

  private void find() {
    Arrays.fill(places, -1);
    for (int i = 0; i < fields.count(); i++) {
      int column = column(i);
      if (column < 0) {
        throw new IllegalArgumentException("it has a field that no key has: " + fields.nameText(i));
      } else if (places[column] >= 0) {
        throw new IllegalArgumentException("it has two fields " + fields.nameText(i));
      }
      places[column] = i;
    }
  }

  private int column(int i) {
    int from = fields.name(i);
    int to = from + fields.nameLength(i);
    for (int column = 0; column < places.length; column++) {
      byte[] name = NAMES.get(column);
      if (Arrays.equals(fields.bytes(), from, to, name, 0, name.length)) {
        return column;
      }
    }
    return -1;
  }

  private boolean has(int column) {
    return places[column] >= 0 && !is(column, BsonType.NULL);
  }

  private boolean is(int column, int type) {
    return places[column] >= 0 && fields.type(places[column]) == type;
  }

  private void checkValue(KeyType type) {
    boolean value = has(KeyValues.VALUE);
    if (value == has(KeyValues.ELEMENTS)) {
      throw new IllegalArgumentException(
          value ? "it has both value and elements" : "it has no value");
    } else if (value != type.isBytes()) {
      throw new IllegalArgumentException(
          "it is a " + type.word() + " and has " + (value ? "a value" : "elements"));
    } else if (value && !is(KeyValues.VALUE, BsonType.STRING)) {
      throw new IllegalArgumentException("it has a value that is no text");
    }
    int nested = type == KeyType.STREAM ? BsonType.DOCUMENT : BsonType.ARRAY;
    if (!value && !is(KeyValues.ELEMENTS, nested)) {
      throw new IllegalArgumentException("it has elements that no " + type.word() + " has");
    }
  }

  private OptionalLong expires() {
    if (!has(KeyValues.EXPIRES)) {
      return OptionalLong.empty();
    } else if (!is(KeyValues.EXPIRES, BsonType.DATE)) {
      throw new IllegalArgumentException("it expires at what is no date");
    }
    return OptionalLong.of(fields.int64(at(KeyValues.EXPIRES)));
  }

  private OptionalLong flags() {
    if (!has(KeyValueBatch.FLAGS)) {
      return OptionalLong.empty();
    } else if (is(KeyValueBatch.FLAGS, BsonType.INT32)) {
      return OptionalLong.of(fields.int32(at(KeyValueBatch.FLAGS)));
    } else if (is(KeyValueBatch.FLAGS, BsonType.INT64)) {
      return OptionalLong.of(fields.int64(at(KeyValueBatch.FLAGS)));
    }
    throw new IllegalArgumentException("it has flags that are no whole number");
  }

  private int at(int column) {
    return fields.value(places[column]);
  }

  private String text(int column) {
    int from = at(column) + 4;
    int to = fields.end(places[column]) - 1;
    return new String(fields.bytes(), from, to - from, StandardCharsets.UTF_8);
  }

  private byte[] bytes(int column, String name) {
    int from = at(column) + 4;
    int to = fields.end(places[column]) - 1;
    try {
      if (!ByteText.beginsOdd(fields.bytes(), from, to)
          && !Utf8.isPlain(fields.bytes(), from, to)) {
        throw new IllegalArgumentException("those bytes are written otherwise");
      }
      return ByteText.bytes(fields.bytes(), from, to);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "it has a " + name + " that is wrong: " + e.getMessage(), e);
    }
  }

  /** The bytes of its key. */
  byte[] key() {
    return key;
  }

  /** What it has beside key and value. */
  KeyHead head() {
    return head;
  }

  /**
   * Writes its value.
   *
   * @throws IllegalArgumentException if no key has such
   */
  void value(GrowingBytes out) {
    if (head.type().isBytes()) {
      byte[] value = bytes(KeyValues.VALUE, "value");
      out.raw(value, 0, value.length);
    } else {
      json.write(fields, places[KeyValues.ELEMENTS], out);
    }
  }
}
