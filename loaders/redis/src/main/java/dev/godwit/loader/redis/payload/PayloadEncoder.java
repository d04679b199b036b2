package dev.godwit.loader.redis.payload;

import dev.godwit.extractor.redis.rdb.Crc64;
import dev.godwit.extractor.redis.value.Element;
import dev.godwit.extractor.redis.value.TypedReader;
import dev.godwit.extractor.redis.value.Value;
import dev.godwit.extractor.redis.value.ValueType;
import java.util.Iterator;

/** Makes the payload of one value after the other. Used by one thread. */
public final class PayloadEncoder {
  private static final int KEPT = 1 << 20;
  private static final int FOOTER = 10;
  private static final int PLAIN = 8; // of Redis 4.0
  private static final int PACKED = 10; // of Redis 7.0
  private static final int MOST_PACKED = 128;
  private static final int LONGEST_PACKED = 64;

  /** What became of a value. */
  public enum Outcome {
    /** The payload is made. */
    MADE,
    /** It has no elements, and so is no key. */
    EMPTY,
    /** It has what no payload says that all servers would take, such as fields that expire. */
    UNSAID
  }

  private final Output elements = new Output();
  private final Output payload = new Output();
  private final StreamEncoder streams;
  private final Listpack listpack = new Listpack();
  private final boolean packs;

  /**
   * Makes payloads for a server.
   *
   * @param newestStream the newest type of streams that it knows: 15, 19 or 21. One that knows more
   *     than 15 takes small hashes in the form in which it keeps them, which costs it half as much
   */
  public PayloadEncoder(int newestStream) {
    this.packs = newestStream > 15;
    this.streams = new StreamEncoder(elements, newestStream);
  }

  /** The payload that was made last; valid until the next one. */
  public Output payload() {
    return payload;
  }

  /** Makes the payload of a string. */
  public void string(byte[] from, int offset, int length) {
    payload.clear(KEPT);
    payload.put(0).string(from, offset, length);
    close(PLAIN);
  }

  /**
   * Makes the payload of what a module wrote, which is one, in the lowest version that says it.
   *
   * @throws IllegalArgumentException if it is none
   */
  public void module(byte[] from, int offset, int length) {
    if (length <= FOOTER) {
      throw new IllegalArgumentException("what a module wrote is no payload");
    }
    payload.clear(KEPT);
    payload.put(from, offset, length - FOOTER);
    close(PLAIN);
  }

  /**
   * Makes the payload of a value of any other type.
   *
   * @throws IllegalArgumentException if the JSON is not of the form
   */
  public Outcome elements(ValueType type, byte[] json, int offset, int length) {
    Value value = TypedReader.read(type, json, offset, length);
    elements.clear(KEPT);
    payload.clear(KEPT);
    if (value instanceof Value.Stream stream) {
      int streamType = streams.write(stream);
      if (streams.isDisputed()) {
        return Outcome.UNSAID;
      }
      payload.put(streamType).put(elements.array(), 0, elements.size());
      close(streamType == 15 ? 9 : streamType == 19 ? 10 : 11);
      return Outcome.MADE;
    }
    listpack.begin();
    boolean packed = packs && type == ValueType.HASH;
    long count = 0;
    Iterator<Element> all = ((Value.Elements) value).elements();
    while (all.hasNext()) {
      Element element = all.next();
      if (element.expires() != Element.NEVER) {
        return Outcome.UNSAID;
      }
      put(type, element);
      count++;
      packed &= count <= MOST_PACKED && fits(element.name()) && fits(element.value());
      if (packed) {
        listpack.text(element.name());
        listpack.text(element.value());
      }
    }
    if (packed && count > 0) {
      payload.put(16);
      listpack.writeTo(payload);
      close(PACKED);
      return Outcome.MADE;
    }
    payload.put(type(type)).length(count).put(elements.array(), 0, elements.size());
    close(PLAIN);
    return count == 0 ? Outcome.EMPTY : Outcome.MADE;
  }

  private static boolean fits(byte[] text) {
    return text != null && text.length <= LONGEST_PACKED;
  }

  private void put(ValueType type, Element element) {
    elements.string(element.name());
    if (type == ValueType.SORTED_SET) {
      elements.littleEndian(Double.doubleToRawLongBits(element.score()), Double.BYTES);
    } else if (type == ValueType.HASH) {
      elements.string(element.value());
    }
  }

  private static int type(ValueType type) {
    return switch (type) {
      case LIST -> 1;
      case SET -> 2;
      case HASH -> 4;
      case SORTED_SET -> 5;
      default -> throw new IllegalArgumentException(type + " has no elements");
    };
  }

  private void close(int version) {
    payload.littleEndian(version, 2);
    payload.littleEndian(Crc64.of(payload.array(), payload.size()), Long.BYTES);
  }
}
