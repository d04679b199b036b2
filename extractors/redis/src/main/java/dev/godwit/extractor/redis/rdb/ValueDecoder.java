package dev.godwit.extractor.redis.rdb;

import dev.godwit.extractor.redis.value.Element;
import dev.godwit.extractor.redis.value.Value;
import dev.godwit.extractor.redis.value.ValueType;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads a value of any encoding. What it returns reads on from the input as it is gone through, so
 * it must be gone through before anything else is read.
 */
public final class ValueDecoder {
  private static final int MODULE = 7;
  private static final Set<Integer> KNOWN =
      Set.of(0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25);

  private ValueDecoder() {}

  /**
   * The value of a {@code DUMP} payload: type, encoded value, two bytes of version, eight of a
   * checksum.
   */
  public static Value ofPayload(byte[] payload) {
    return read(payload[0], new RdbInput(payload, 1, payload.length - Payload.FOOTER));
  }

  /** Whether values of a type, as {@code rdb.h} numbers it, can be read. */
  public static boolean knows(int type) {
    return KNOWN.contains(type);
  }

  /**
   * The value that follows in a stream.
   *
   * @param type as {@code rdb.h} numbers it
   * @throws RdbException for a type that is not known
   */
  public static Value read(int type, RdbInput in) {
    return switch (type) {
      case 0 -> new Value.Plain(ValueType.STRING, in.stringStream());
      case 1 -> list(counted(in, () -> Element.of(in.string())));
      case 10 -> list(members(Packed.ziplist(in.string())));
      case 14 -> list(nodes(in, () -> Packed.ziplist(in.string())));
      case 18 -> list(nodes(in, () -> quicklistNode(in)));
      case 2 -> set(counted(in, () -> Element.of(in.string())));
      case 11 -> set(members(Packed.intset(in.string())));
      case 20 -> set(members(Packed.listpack(in.string())));
      case 3 -> sortedSet(counted(in, () -> Element.scored(in.string(), oldScore(in))));
      case 5 ->
          sortedSet(
              counted(
                  in,
                  () -> Element.scored(in.string(), Double.longBitsToDouble(in.littleEndian()))));
      case 12 -> sortedSet(scored(Packed.ziplist(in.string())));
      case 17 -> sortedSet(scored(Packed.listpack(in.string())));
      case 4 -> hash(counted(in, () -> Element.field(in.string(), in.string(), Element.NEVER)));
      case 9 -> hash(fields(Packed.zipmap(in.string())));
      case 13 -> hash(fields(Packed.ziplist(in.string())));
      case 16 -> hash(fields(Packed.listpack(in.string())));
      case 22 -> hash(counted(in, () -> valkeyField(in)));
      case 24 -> hash(expiringFields(in));
      case 25 -> {
        long ignored = in.littleEndian(); // the earliest expiry, which the fields say too
        yield hash(expiringFields(Packed.listpack(in.string())));
      }
      case 15, 19, 21 -> StreamDecoder.read(in, type);
      case MODULE -> new Value.Plain(ValueType.MODULE, ModuleDecoder.read(in));
      default -> throw new RdbException("values of type " + type + " are not known");
    };
  }

  /** Goes past what a module keeps beside the keys. */
  public static void skipModule(RdbInput in) {
    ModuleDecoder.skip(in);
  }

  private static Value list(Iterator<Element> elements) {
    return new Value.Elements(ValueType.LIST, elements);
  }

  private static Value set(Iterator<Element> elements) {
    return new Value.Elements(ValueType.SET, elements);
  }

  private static Value sortedSet(Iterator<Element> elements) {
    return new Value.Elements(ValueType.SORTED_SET, elements);
  }

  private static Value hash(Iterator<Element> elements) {
    return new Value.Elements(ValueType.HASH, elements);
  }

  /** A list's node: one large element on its own, or a listpack. */
  private static Iterator<byte[]> quicklistNode(RdbInput in) {
    long container = in.length();
    byte[] node = in.string();
    return container == 1 ? java.util.List.of(node).iterator() : Packed.listpack(node);
  }

  private static double oldScore(RdbInput in) {
    int length = in.unsigned();
    return switch (length) {
      case 255 -> Double.NEGATIVE_INFINITY;
      case 254 -> Double.POSITIVE_INFINITY;
      case 253 -> Double.NaN;
      default -> Numbers.score(in.bytes(length));
    };
  }

  private static Element valkeyField(RdbInput in) {
    byte[] name = in.string();
    byte[] value = in.string();
    return Element.field(name, value, in.littleEndian());
  }

  private static Iterator<Element> expiringFields(RdbInput in) {
    long earliest = in.littleEndian();
    return counted(
        in,
        () -> {
          long after = in.length();
          byte[] name = in.string();
          byte[] value = in.string();
          return Element.field(name, value, after == 0 ? Element.NEVER : earliest + after - 1);
        });
  }

  private static Iterator<Element> expiringFields(Packed packed) {
    return each(
        packed,
        () -> {
          byte[] name = packed.next();
          byte[] value = packed.next();
          long expires = packed.nextNumber();
          return Element.field(name, value, expires == 0 ? Element.NEVER : expires);
        });
  }

  private static Iterator<Element> members(Iterator<byte[]> members) {
    return each(members, () -> Element.of(members.next()));
  }

  private static Iterator<Element> scored(Packed packed) {
    return each(packed, () -> Element.scored(packed.next(), Numbers.score(packed.next())));
  }

  private static Iterator<Element> fields(Packed packed) {
    return each(packed, () -> Element.field(packed.next(), packed.next(), Element.NEVER));
  }

  private static Iterator<Element> each(Iterator<byte[]> parts, Supplier<Element> next) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return parts.hasNext();
      }

      @Override
      public Element next() {
        return next.get();
      }
    };
  }

  static <T> Iterator<T> counted(RdbInput in, Supplier<T> next) {
    long count = in.length();
    return new Iterator<>() {
      private long left = count;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public T next() {
        if (left-- <= 0) {
          throw new NoSuchElementException();
        }
        return next.get();
      }
    };
  }

  /** The elements of nodes, node by node. */
  private static Iterator<Element> nodes(RdbInput in, Supplier<Iterator<byte[]>> node) {
    Iterator<Iterator<byte[]>> nodes = counted(in, node);
    return new Iterator<>() {
      private Iterator<byte[]> now = java.util.Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!now.hasNext() && nodes.hasNext()) {
          now = nodes.next();
        }
        return now.hasNext();
      }

      @Override
      public Element next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return Element.of(now.next());
      }
    };
  }
}
