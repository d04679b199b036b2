package dev.godwit.mapping.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The elements of one document or array, found in its raw bytes. Names may come twice. Reused from
 * document to document.
 *
 * @see <a href="https://bsonspec.org/spec.html">BSON 1.1</a>
 */
public final class Elements {
  private static final int LEAST = 5;

  private byte[] bytes = {};
  private int[] types = new int[16];
  private int[] names = new int[16];
  private int[] values = new int[16];
  private int[] ends = new int[16];
  private int count;
  private int next;
  private int last;

  /**
   * Finds the elements of the document that begins at an offset.
   *
   * @throws IllegalArgumentException if it is no document, or goes beyond the limit
   */
  public void read(byte[] document, int offset, int limit) {
    begin(document, offset, limit);
    while (next < last) {
      next = element(next, last);
    }
  }

  /**
   * Begins with a document whose elements are gone through one by one, as there may be millions of
   * them in an array: {@link #advance} makes each the only one.
   *
   * @throws IllegalArgumentException if it is no document, or goes beyond the limit
   */
  public void begin(byte[] document, int offset, int limit) {
    bytes = document;
    count = 0;
    int length = limit - offset < LEAST ? 0 : int32(offset);
    if (length < LEAST || length > limit - offset || document[offset + length - 1] != 0) {
      throw new IllegalArgumentException("it is no BSON document: its length is not its own");
    }
    last = offset + length - 1;
    next = offset + 4;
  }

  /** Goes to the next element, which is then element 0; false where there is none. */
  public boolean advance() {
    if (next == last) {
      return false;
    }
    count = 0;
    next = element(next, last);
    return true;
  }

  private int element(int at, int limit) {
    if (count == types.length) {
      types = Arrays.copyOf(types, count * 2);
      names = Arrays.copyOf(names, count * 2);
      values = Arrays.copyOf(values, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    int type = bytes[at] & 0xff;
    int value = afterName(at + 1, limit);
    long end = (long) value + size(type, value, limit);
    if (end > limit) {
      throw new IllegalArgumentException("it is no BSON document: a value ends beyond it");
    }
    types[count] = type;
    names[count] = at + 1;
    values[count] = value;
    ends[count] = (int) end;
    count++;
    return (int) end;
  }

  private int afterName(int from, int limit) {
    int at = from;
    while (at < limit && bytes[at] != 0) {
      at++;
    }
    if (at >= limit) {
      throw new IllegalArgumentException("it is no BSON document: a name does not end");
    }
    return at + 1;
  }

  private long size(int type, int value, int limit) {
    return switch (type) {
      case BsonType.UNDEFINED, BsonType.NULL, BsonType.MIN_KEY, BsonType.MAX_KEY -> 0;
      case BsonType.BOOLEAN -> 1;
      case BsonType.INT32 -> 4;
      case BsonType.DOUBLE, BsonType.DATE, BsonType.TIMESTAMP, BsonType.INT64 -> 8;
      case BsonType.OBJECT_ID -> 12;
      case BsonType.DECIMAL -> 16;
      case BsonType.STRING, BsonType.CODE, BsonType.SYMBOL -> 4L + length(value, 1, limit);
      case BsonType.DB_POINTER -> 4L + length(value, 1, limit) + 12;
      case BsonType.BINARY -> 5L + length(value, 0, limit);
      case BsonType.DOCUMENT, BsonType.ARRAY -> length(value, LEAST, limit);
      case BsonType.CODE_WITH_SCOPE -> length(value, 4 + 4 + 1 + LEAST, limit);
      case BsonType.REGEX -> afterName(afterName(value, limit), limit) - value;
      default -> throw new IllegalArgumentException("BSON of type " + type + " is not known");
    };
  }

  private int length(int at, int least, int limit) {
    int length = at + 4 > limit ? -1 : int32(at);
    if (length < least) {
      throw new IllegalArgumentException("it is no BSON document: a length is not one");
    }
    return length;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int count() {
    return count;
  }

  public int type(int i) {
    return types[i];
  }

  /** Where the name begins. */
  public int name(int i) {
    return names[i];
  }

  /** In bytes, without the zero. */
  public int nameLength(int i) {
    return values[i] - 1 - names[i];
  }

  public String nameText(int i) {
    return new String(bytes, names[i], nameLength(i), StandardCharsets.UTF_8);
  }

  /** Whether the element is {@code _id}. */
  boolean isId(int i) {
    int at = names[i];
    return nameLength(i) == 3 && bytes[at] == '_' && bytes[at + 1] == 'i' && bytes[at + 2] == 'd';
  }

  /** The place of {@code _id}, or -1. */
  int id() {
    for (int i = 0; i < count; i++) {
      if (isId(i)) {
        return i;
      }
    }
    return -1;
  }

  /** Where the value begins. */
  public int value(int i) {
    return values[i];
  }

  /** Where the value ends. */
  public int end(int i) {
    return ends[i];
  }

  /** By length, then by bytes. */
  int compareNames(int i, int j) {
    int shorter = Integer.compare(nameLength(i), nameLength(j));
    return shorter != 0
        ? shorter
        : Arrays.compareUnsigned(bytes, names[i], values[i] - 1, bytes, names[j], values[j] - 1);
  }

  public int int32(int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }

  public long int64(int at) {
    return (int32(at) & 0xffff_ffffL) | (long) int32(at + 4) << 32;
  }
}
