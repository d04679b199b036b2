package dev.godwit.extractor.redis.value;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** A value, gone through once. */
public sealed interface Value {
  /** Its type. */
  ValueType type();

  /** A string, or the payload of a module's value. */
  record Plain(ValueType type, InputStream bytes) implements Value {}

  /** The elements of any type but a stream, in any order but for a list's. */
  record Elements(ValueType type, Iterator<Element> elements) implements Value {}

  /** A stream: its entries, and once these were gone through what it keeps beside them. */
  record Stream(Iterator<StreamEntry> entries, Supplier<StreamState> state) implements Value {
    @Override
    public ValueType type() {
      return ValueType.STREAM;
    }
  }

  /**
   * An entry of a stream.
   *
   * @param id its id
   * @param parts fields and values in turns; a field may come twice
   */
  record StreamEntry(StreamId id, List<byte[]> parts) {}
}
