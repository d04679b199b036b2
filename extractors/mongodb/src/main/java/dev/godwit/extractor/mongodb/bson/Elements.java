package dev.godwit.extractor.mongodb.bson;

import java.nio.charset.StandardCharsets;

/**
 * Goes through the elements of one raw BSON document, at its top level. Names may be empty and may
 * come twice; what is nested is stepped over.
 *
 * @see <a href="https://bsonspec.org/spec.html">BSON 1.1</a>
 */
public final class Elements {
  private static final int DOUBLE = 0x01;
  private static final int STRING = 0x02;
  private static final int DOCUMENT = 0x03;
  private static final int ARRAY = 0x04;
  private static final int BINARY = 0x05;
  private static final int UNDEFINED = 0x06;
  private static final int OBJECT_ID = 0x07;
  private static final int BOOLEAN = 0x08;
  private static final int DATE = 0x09;
  private static final int NULL = 0x0A;
  private static final int REGEX = 0x0B;
  private static final int DB_POINTER = 0x0C;
  private static final int CODE = 0x0D;
  private static final int SYMBOL = 0x0E;
  private static final int CODE_WITH_SCOPE = 0x0F;
  private static final int INT32 = 0x10;

  /** The type of a timestamp of MongoDB's own, seconds and a counter. */
  public static final int TIMESTAMP = 0x11;

  private static final int INT64 = 0x12;
  private static final int DECIMAL = 0x13;
  private static final int MAX_KEY = 0x7F;
  private static final int MIN_KEY = 0xFF;

  /** The length before the elements, and the zero after them. */
  private static final int LEAST = 5;

  private final byte[] bytes;
  private final int last;
  private int type;
  private int name;
  private int value;
  private int next;

  /**
   * Before the first element of the document that begins at {@code offset}.
   *
   * @throws IllegalArgumentException if it is no document of at most {@code length} bytes
   */
  public Elements(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    if (length < LEAST) {
      throw broken("it has no room for a length");
    }
    int said = int32(bytes, offset);
    if (said < LEAST || said > length || bytes[offset + said - 1] != 0) {
      throw broken("its length is not that of its bytes");
    }
    this.last = offset + said - 1;
    this.next = offset + 4;
  }

  /**
   * Moves to the next element.
   *
   * @return false at the end
   * @throws IllegalArgumentException if the document is cut short or of an unknown type
   */
  public boolean next() {
    if (next >= last) {
      return false;
    }
    type = bytes[next] & 0xff;
    name = next + 1;
    value = afterText(name);
    next = value + size();
    if (next > last || next < value) {
      throw broken("a value ends beyond it");
    }
    return true;
  }

  /** The type of the element, 1 to 255. */
  public int type() {
    return type;
  }

  /** The name of the element. */
  public String name() {
    return new String(bytes, name, value - 1 - name, StandardCharsets.UTF_8);
  }

  /** Whether the element is {@code _id}. */
  public boolean isId() {
    return value - name == 4
        && bytes[name] == '_'
        && bytes[name + 1] == 'i'
        && bytes[name + 2] == 'd';
  }

  /** Where the value begins in the bytes. */
  public int value() {
    return value;
  }

  /** How many bytes the value has; 0 for null and its like. */
  public int valueLength() {
    return next - value;
  }

  /** Whether the value is a timestamp of zero, which servers take for an order to fill it in. */
  public boolean isEmptyTimestamp() {
    return type == TIMESTAMP && int32(bytes, value) == 0 && int32(bytes, value + 4) == 0;
  }

  private int size() {
    return switch (type) {
      case UNDEFINED, NULL, MIN_KEY, MAX_KEY -> 0;
      case BOOLEAN -> 1;
      case INT32 -> 4;
      case DOUBLE, DATE, TIMESTAMP, INT64 -> 8;
      case OBJECT_ID -> 12;
      case DECIMAL -> 16;
      case STRING, CODE, SYMBOL -> 4 + length(1);
      case DB_POINTER -> 4 + length(1) + 12;
      case BINARY -> 5 + length(0);
      case DOCUMENT, ARRAY -> length(LEAST);
      case CODE_WITH_SCOPE -> length(4 + 4 + 1 + LEAST);
      case REGEX -> afterText(afterText(value)) - value;
      default -> throw broken("type " + type + " is not known");
    };
  }

  private int length(int least) {
    if (value + 4 > last) {
      throw broken("a value ends beyond it");
    }
    int length = int32(bytes, value);
    if (length < least || length > last - value) {
      throw broken("a value ends beyond it");
    }
    return length;
  }

  private int afterText(int from) {
    int at = from;
    while (at < last && bytes[at] != 0) {
      at++;
    }
    if (at >= last) {
      throw broken("a name does not end");
    }
    return at + 1;
  }

  private static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }

  private static IllegalArgumentException broken(String why) {
    return new IllegalArgumentException("this is no BSON document: " + why);
  }
}
