package dev.godwit.mapping.run;

import dev.godwit.spi.dataset.SchemaObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Definitions that are gone through many times: each obstacle is looked for in all of them. Once
 * they were gone through to their end they are held in memory, where they are few; else they are
 * asked for again. Safe for use by many threads.
 */
final class HeldObjects {
  /** Bytes that are held, about: the definitions of some thousand tables. */
  private static final long MOST_BYTES = 24 << 20;

  /** What an object takes beside its definition, about. */
  private static final long OBJECT_BYTES = 700;

  private final Supplier<Stream<SchemaObject>> source;
  private volatile List<SchemaObject> held;

  /** Definitions that are the same each time they are asked for. */
  HeldObjects(Supplier<Stream<SchemaObject>> source) {
    this.source = source;
  }

  /** All of them, in their order; closed by the caller. */
  Stream<SchemaObject> stream() {
    if (held != null) {
      return held.stream();
    }
    Stream<SchemaObject> asked = source.get();
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(new Holding(asked.iterator()), Spliterator.ORDERED),
            false)
        .onClose(asked::close);
  }

  /** Takes down what goes by. */
  private final class Holding implements Iterator<SchemaObject> {
    private final Iterator<SchemaObject> objects;
    private List<SchemaObject> seen = new ArrayList<>();
    private long bytes;

    Holding(Iterator<SchemaObject> objects) {
      this.objects = objects;
    }

    @Override
    public boolean hasNext() {
      boolean more = objects.hasNext();
      if (!more && seen != null) {
        held = List.copyOf(seen);
        seen = null;
      }
      return more;
    }

    @Override
    public SchemaObject next() {
      SchemaObject object = objects.next();
      if (seen != null) {
        bytes += OBJECT_BYTES + object.definition().length();
        if (bytes > MOST_BYTES) {
          seen = null;
        } else {
          seen.add(object);
        }
      }
      return object;
    }
  }
}
