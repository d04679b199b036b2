package dev.godwit.extractor.redis.value;

import java.util.Arrays;
import java.util.Comparator;

/**
 * An element of a list, a set, a sorted set or a hash. Its arrays are not copied.
 *
 * @param name the element, the member or the field
 * @param value of a field; else null
 * @param score of a member of a sorted set; else 0
 * @param expires of a field, milliseconds since 1970; else {@link #NEVER}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Element(byte[] name, byte[] value, double score, long expires) {
  /** A field that does not expire. */
  public static final long NEVER = -1;

  /** The order of sets and hashes. */
  static final Comparator<Element> BY_NAME =
      (one, other) -> Arrays.compareUnsigned(one.name, other.name);

  /** The order of sorted sets, in which -0 and 0 are one score, as to a server. */
  static final Comparator<Element> BY_SCORE =
      Comparator.<Element>comparingDouble(element -> element.score + 0.0).thenComparing(BY_NAME);

  /** An element of a list or a set. */
  public static Element of(byte[] name) {
    return new Element(name, null, 0, NEVER);
  }

  /** A member of a sorted set. */
  public static Element scored(byte[] name, double score) {
    return new Element(name, null, score, NEVER);
  }

  /** A field of a hash. */
  public static Element field(byte[] name, byte[] value, long expires) {
    return new Element(name, value, 0, expires);
  }

  /** About what it takes in memory, in bytes. */
  long weight() {
    return 80L + name.length + (value == null ? 0 : value.length);
  }
}
