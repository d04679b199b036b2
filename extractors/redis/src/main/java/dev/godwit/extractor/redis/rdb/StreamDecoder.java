package dev.godwit.extractor.redis.rdb;

import dev.godwit.extractor.redis.value.StreamId;
import dev.godwit.extractor.redis.value.StreamState;
import dev.godwit.extractor.redis.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/** Reads streams: nodes of entries, then what is kept beside them, {@code rdbSaveObject}. */
final class StreamDecoder implements Iterator<Value.StreamEntry> {
  private static final int DELETED = 1;
  private static final int SAME_FIELDS = 2;

  private final RdbInput in;
  private long nodes;
  private StreamId master;
  private Packed node;
  private long entriesLeft;
  private final List<byte[]> masterFields = new ArrayList<>();
  private Value.StreamEntry next;

  private StreamDecoder(RdbInput in) {
    this.in = in;
    this.nodes = in.length();
  }

  static Value read(RdbInput in, int type) {
    StreamDecoder entries = new StreamDecoder(in);
    return new Value.Stream(entries, () -> state(in, type));
  }

  @Override
  public boolean hasNext() {
    while (next == null && (entriesLeft > 0 || nodes > 0)) {
      if (entriesLeft == 0) {
        beginNode();
      } else {
        next = entry();
      }
    }
    return next != null;
  }

  @Override
  public Value.StreamEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Value.StreamEntry entry = next;
    next = null;
    return entry;
  }

  private void beginNode() {
    nodes--;
    byte[] key = in.string();
    RdbInput id = new RdbInput(key, 0, key.length);
    master = new StreamId(id.bigEndian(), id.bigEndian());
    node = Packed.listpack(in.string());
    entriesLeft = node.nextNumber() + node.nextNumber(); // those that are there, and the deleted
    long fields = node.nextNumber();
    masterFields.clear();
    for (long i = 0; i < fields; i++) {
      masterFields.add(node.next());
    }
    long ignored = node.nextNumber(); // the end of the master entry
  }

  /** The next entry; null for one that was deleted. */
  private Value.StreamEntry entry() {
    entriesLeft--;
    long flags = node.nextNumber();
    StreamId id = master.plus(node.nextNumber(), node.nextNumber());
    List<byte[]> parts = new ArrayList<>();
    if ((flags & SAME_FIELDS) != 0) {
      for (byte[] field : masterFields) {
        parts.add(field);
        parts.add(node.next());
      }
    } else {
      for (long i = node.nextNumber() * 2; i > 0; i--) {
        parts.add(node.next());
      }
    }
    long ignored = node.nextNumber(); // how many parts, to go back by
    return (flags & DELETED) != 0 ? null : new Value.StreamEntry(id, parts);
  }

  private static StreamId id(RdbInput in) {
    return new StreamId(in.length(), in.length());
  }

  private static StreamState state(RdbInput in, int type) {
    boolean counts = type >= 19;
    long ignored = in.length(); // how many entries
    StreamId last = id(in);
    StreamId deleted = null;
    OptionalLong added = OptionalLong.empty();
    if (counts) {
      StreamId first = id(in);
      assert first != null;
      deleted = id(in);
      added = OptionalLong.of(in.length());
    }
    List<StreamState.Group> groups = new ArrayList<>();
    for (long i = in.length(); i > 0; i--) {
      groups.add(group(in, type));
    }
    return new StreamState(last, deleted, added, groups);
  }

  private static StreamState.Group group(RdbInput in, int type) {
    byte[] name = in.string();
    StreamId last = id(in);
    OptionalLong read = type >= 19 ? OptionalLong.of(in.length()) : OptionalLong.empty();
    Map<StreamId, long[]> deliveries = new HashMap<>();
    List<StreamId> order = new ArrayList<>();
    for (long i = in.length(); i > 0; i--) {
      StreamId id = new StreamId(in.bigEndian(), in.bigEndian());
      deliveries.put(id, new long[] {in.littleEndian(), in.length()});
      order.add(id);
    }
    Map<StreamId, byte[]> owners = new HashMap<>();
    List<StreamState.Consumer> consumers = new ArrayList<>();
    for (long i = in.length(); i > 0; i--) {
      byte[] consumer = in.string();
      long seen = in.littleEndian();
      OptionalLong active = type >= 21 ? OptionalLong.of(in.littleEndian()) : OptionalLong.empty();
      consumers.add(new StreamState.Consumer(consumer, seen, active));
      for (long pending = in.length(); pending > 0; pending--) {
        owners.put(new StreamId(in.bigEndian(), in.bigEndian()), consumer);
      }
    }
    List<StreamState.Pending> pending = new ArrayList<>();
    for (StreamId id : order) {
      long[] delivery = deliveries.get(id);
      pending.add(new StreamState.Pending(id, owners.get(id), delivery[0], delivery[1]));
    }
    return new StreamState.Group(name, last, read, consumers, pending);
  }
}
