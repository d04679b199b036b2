package dev.godwit.loader.redis.payload;

import dev.godwit.extractor.redis.value.StreamId;
import dev.godwit.extractor.redis.value.StreamState;
import dev.godwit.extractor.redis.value.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes streams: nodes of entries, then what is kept beside them. Used by one thread. */
final class StreamEncoder {
  /** As a server makes them by default; one that wants others makes its own as it grows. */
  private static final int MOST_ENTRIES = 100;

  private static final int MOST_BYTES = 4096;
  private static final int SAME_FIELDS = 2;

  private final Output out;
  private final Output nodes = new Output();
  private final Listpack listpack = new Listpack();
  private final List<Value.StreamEntry> node = new ArrayList<>();
  private final int newest;
  private boolean disputed;

  /**
   * Writes into an output.
   *
   * @param newest the newest type of streams that the server knows: 15, 19 (with counts of what was
   *     added and read), 21 (with the times at which consumers got something)
   */
  StreamEncoder(Output out, int newest) {
    this.out = out;
    this.newest = newest;
  }

  /** Writes a stream; its type, which says no more than the stream does. */
  int write(Value.Stream stream) {
    nodes.clear(1 << 20);
    disputed = false;
    int written = 0;
    long entries = 0;
    StreamId first = new StreamId(0, 0);
    int bytes = 0;
    while (stream.entries().hasNext()) {
      Value.StreamEntry entry = stream.entries().next();
      first = entries == 0 ? entry.id() : first;
      entries++;
      node.add(entry);
      bytes += entry.parts().stream().mapToInt(part -> part.length + 4).sum();
      if (node.size() == MOST_ENTRIES || bytes >= MOST_BYTES) {
        node();
        written++;
        bytes = 0;
      }
    }
    if (!node.isEmpty()) {
      node();
      written++;
    }
    StreamState state = stream.state().get();
    int type = Math.min(newest, type(state));
    out.length(written).put(nodes.array(), 0, nodes.size()).length(entries);
    id(state.last());
    if (type >= 19) {
      id(first);
      id(state.deleted() == null ? new StreamId(0, 0) : state.deleted());
      out.length(state.added().orElseThrow());
    }
    out.length(state.groups().size());
    state.groups().forEach(group -> group(group, type));
    return type;
  }

  private static int type(StreamState state) {
    boolean counts = state.added().isPresent();
    boolean times = true;
    for (StreamState.Group group : state.groups()) {
      counts &= group.read().isPresent();
      times &= group.consumers().stream().allMatch(consumer -> consumer.active().isPresent());
    }
    return counts ? times ? 21 : 19 : 15;
  }

  /** A node: its first entry's fields stand ahead, so that equal ones need not be repeated. */
  private void node() {
    Value.StreamEntry master = node.get(0);
    nodes.length(16).bigEndian(master.id().millis()).bigEndian(master.id().sequence());
    listpack.begin();
    listpack.number(node.size());
    listpack.number(0); // none of them is deleted
    listpack.number(master.parts().size() / 2);
    for (int i = 0; i < master.parts().size(); i += 2) {
      listpack.string(master.parts().get(i));
    }
    listpack.number(0);
    for (Value.StreamEntry entry : node) {
      entry(entry, master);
    }
    disputed |= listpack.isDisputed();
    listpack.writeTo(nodes);
    node.clear();
  }

  /** Whether servers disagree on how the stream that was written last is to be spelt. */
  boolean isDisputed() {
    return disputed;
  }

  private void entry(Value.StreamEntry entry, Value.StreamEntry master) {
    List<byte[]> parts = entry.parts();
    boolean same = sameFields(parts, master.parts());
    listpack.number(same ? SAME_FIELDS : 0);
    listpack.number(entry.id().millis() - master.id().millis());
    listpack.number(entry.id().sequence() - master.id().sequence());
    if (!same) {
      listpack.number(parts.size() / 2);
    }
    for (int i = same ? 1 : 0; i < parts.size(); i += same ? 2 : 1) {
      listpack.string(parts.get(i));
    }
    listpack.number(same ? parts.size() / 2 + 3 : parts.size() + 4);
  }

  private static boolean sameFields(List<byte[]> parts, List<byte[]> others) {
    boolean same = parts.size() == others.size();
    for (int i = 0; same && i < parts.size(); i += 2) {
      same = Arrays.equals(parts.get(i), others.get(i));
    }
    return same;
  }

  private void id(StreamId id) {
    out.length(id.millis()).length(id.sequence());
  }

  private void rawId(StreamId id) {
    out.bigEndian(id.millis()).bigEndian(id.sequence());
  }

  private void group(StreamState.Group group, int type) {
    out.string(group.name());
    id(group.last());
    if (type >= 19) {
      out.length(group.read().orElseThrow());
    }
    out.length(group.pending().size());
    for (StreamState.Pending pending : group.pending()) {
      rawId(pending.id());
      out.littleEndian(pending.delivered(), Long.BYTES).length(pending.deliveries());
    }
    Map<ByteBuffer, List<StreamId>> owned = new HashMap<>();
    for (StreamState.Pending pending : group.pending()) {
      owned
          .computeIfAbsent(ByteBuffer.wrap(pending.consumer()), name -> new ArrayList<>())
          .add(pending.id());
    }
    out.length(group.consumers().size());
    for (StreamState.Consumer consumer : group.consumers()) {
      out.string(consumer.name()).littleEndian(consumer.seen(), Long.BYTES);
      if (type >= 21) {
        out.littleEndian(consumer.active().orElseThrow(), Long.BYTES);
      }
      List<StreamId> own = owned.getOrDefault(ByteBuffer.wrap(consumer.name()), List.of());
      out.length(own.size());
      own.forEach(this::rawId);
    }
  }
}
