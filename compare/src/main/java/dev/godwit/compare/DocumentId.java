package dev.godwit.compare;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bson.BsonBinaryReader;
import org.bson.BsonType;

/** Finds the {@code _id} of documents, and hashes it. Reused from document to document. */
final class DocumentId {
  private static final Hasher64 XXH3 = Hashing.xxh3_64();
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST = 4;
  private static final int NAME = 1 + 4;
  private static final int STEP = 0x10000;

  private final byte[] whole = new byte[Long.BYTES];
  private int type;
  private int element;
  private int from;
  private int to;

  /** Finds it; false where there is none. */
  boolean find(byte[] document, int size) {
    boolean first =
        size > FIRST + NAME
            && document[FIRST + 1] == '_'
            && document[FIRST + 2] == 'i'
            && document[FIRST + 3] == 'd'
            && document[FIRST + 4] == 0;
    if (!first) {
      return search(document, size);
    }
    type = document[FIRST];
    element = FIRST;
    from = FIRST + NAME;
    int length = length(document);
    to = from + length;
    return length >= 0 ? to < size : search(document, size);
  }

  /** The length of a value of a common type, else -1. */
  private int length(byte[] document) {
    return switch (BsonType.findByValue(type)) {
      case INT32 -> Integer.BYTES;
      case INT64, DOUBLE, DATE_TIME, TIMESTAMP -> Long.BYTES;
      case OBJECT_ID -> 12;
      case STRING -> Integer.BYTES + (int) INTS.get(document, from);
      case DOCUMENT -> (int) INTS.get(document, from);
      case BINARY -> Integer.BYTES + 1 + (int) INTS.get(document, from);
      default -> -1;
    };
  }

  private boolean search(byte[] document, int size) {
    try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(document, 0, size))) {
      reader.readStartDocument();
      element = reader.getBsonInput().getPosition();
      for (BsonType met = reader.readBsonType();
          met != BsonType.END_OF_DOCUMENT;
          met = reader.readBsonType()) {
        boolean found = reader.readName().equals("_id");
        from = reader.getBsonInput().getPosition();
        reader.skipValue();
        to = reader.getBsonInput().getPosition();
        if (found) {
          type = met.getValue();
          return true;
        }
        element = to;
      }
    }
    return false;
  }

  /** Takes the element out of the document; how long that is then. */
  int removed(byte[] document, int size) {
    System.arraycopy(document, to, document, element, size - to);
    int left = size - (to - element);
    INTS.set(document, 0, left);
    return left;
  }

  /** Its hash: the same for whole numbers of any type, which a server takes for the same. */
  long hash(byte[] document) {
    return switch (BsonType.findByValue(type)) {
      case INT32 -> whole((int) INTS.get(document, from));
      case INT64 -> whole((long) LONGS.get(document, from));
      case DOUBLE -> number(document);
      default -> other(document);
    };
  }

  private long number(byte[] document) {
    double number = Double.longBitsToDouble((long) LONGS.get(document, from));
    boolean isWhole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
    return isWhole ? whole((long) number) : other(document);
  }

  private long other(byte[] document) {
    return XXH3.hashBytesToLong(document, from, to - from) + (long) type * STEP;
  }

  private long whole(long value) {
    LONGS.set(whole, 0, value);
    return XXH3.hashBytesToLong(whole, 0, whole.length);
  }
}
