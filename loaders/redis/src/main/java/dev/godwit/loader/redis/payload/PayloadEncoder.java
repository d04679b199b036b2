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

  /** What became of a value. */
  public enum Outcome {
    /** The payload is made. */
    MADE,
    /** It has no elements, and so is no key. */
    EMPTY,
    /** Some of its fields expire, which no payload says that all servers would take. */
    FIELDS_EXPIRE
  }

  private final Output elements = new Output();
  private final Output payload = new Output();
  private final StreamEncoder streams;

  /**
   * Makes payloads for a server.
   *
   * @param newestStream the newest type of streams that it knows: 15, 19 or 21
   */
  public PayloadEncoder(int newestStream) {
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
      payload.put(streamType).put(elements.array(), 0, elements.size());
      close(streamType == 15 ? 9 : streamType == 19 ? 10 : 11);
      return Outcome.MADE;
    }
    long count = 0;
    Iterator<Element> all = ((Value.Elements) value).elements();
    while (all.hasNext()) {
      Element element = all.next();
      if (element.expires() != Element.NEVER) {
        return Outcome.FIELDS_EXPIRE;
      }
      put(type, element);
      count++;
    }
    payload.put(type(type)).length(count).put(elements.array(), 0, elements.size());
    close(PLAIN);
    return count == 0 ? Outcome.EMPTY : Outcome.MADE;
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
