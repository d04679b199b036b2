package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.value.StreamId;
import dev.godwit.extractor.redis.value.StreamState;
import dev.godwit.extractor.redis.value.Value;
import dev.godwit.loader.redis.wire.Answer;
import dev.godwit.loader.redis.wire.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * Writes a stream by commands. Two things they cannot say: that an entry waits to be acknowledged
 * which was deleted (from 7.0 on; it is counted), and when consumers last asked.
 */
final class StreamCommands {
  private static final byte[] NOBODY = "_godwit".getBytes(StandardCharsets.US_ASCII);
  private static final StreamId NONE = new StreamId(0, 0);

  private final boolean counts;
  private final boolean consumers;
  private final byte[] key;
  private final Supplier<Chunk> next;

  StreamCommands(Abilities abilities, byte[] key, Supplier<Chunk> next) {
    this.counts = abilities.newestStream() >= 19;
    this.consumers = abilities.consumers();
    this.key = key;
    this.next = next;
  }

  private static byte[] text(StreamId id) {
    return id.toString().getBytes(StandardCharsets.US_ASCII);
  }

  void write(Value.Stream stream) {
    Iterator<Value.StreamEntry> entries = stream.entries();
    if (!entries.hasNext()) {
      makeEmpty();
    }
    while (entries.hasNext()) {
      Value.StreamEntry entry = entries.next();
      Chunk chunk =
          next.get()
              .command(Words.ADD_ENTRY, key, entry.parts().size() + 1, Answer.DONE)
              .argument(text(entry.id()));
      entry.parts().forEach(chunk::argument);
    }
    StreamState state = stream.state().get();
    setId(state);
    state.groups().forEach(this::group);
  }

  /** A group makes the stream, and leaves it empty when it goes. */
  private void makeEmpty() {
    next.get()
        .other(Words.GROUP, 5, Answer.DONE)
        .argument(Words.CREATE)
        .argument(key)
        .argument(NOBODY)
        .argument(text(NONE))
        .argument(Words.MAKE_STREAM);
    next.get()
        .other(Words.GROUP, 3, Answer.DONE)
        .argument(Words.DESTROY)
        .argument(key)
        .argument(NOBODY);
  }

  private void setId(StreamState state) {
    boolean told = counts && state.added().isPresent();
    Chunk chunk =
        next.get()
            .command(Words.SET_ID, key, told ? 5 : 1, Answer.DONE)
            .argument(text(state.last()));
    if (told) {
      chunk
          .argument(Words.ENTRIES_ADDED)
          .argument(state.added().getAsLong())
          .argument(Words.GREATEST_DELETED)
          .argument(text(state.deleted() == null ? NONE : state.deleted()));
    }
  }

  private void group(StreamState.Group group) {
    boolean told = counts && group.read().isPresent();
    Chunk chunk =
        next.get()
            .other(Words.GROUP, told ? 6 : 4, Answer.DONE)
            .argument(Words.CREATE)
            .argument(key)
            .argument(group.name())
            .argument(text(group.last()));
    if (told) {
      chunk.argument(Words.ENTRIES_READ).argument(group.read().getAsLong());
    }
    for (StreamState.Consumer consumer : group.consumers()) {
      if (consumers) {
        next.get()
            .other(Words.GROUP, 4, Answer.DONE)
            .argument(Words.CREATE_CONSUMER)
            .argument(key)
            .argument(group.name())
            .argument(consumer.name());
      }
    }
    for (StreamState.Pending pending : group.pending()) {
      next.get()
          .command(Words.CLAIM, key, 10, Answer.CLAIMED)
          .argument(group.name())
          .argument(pending.consumer())
          .argument(0)
          .argument(text(pending.id()))
          .argument(Words.TIME)
          .argument(pending.delivered())
          .argument(Words.RETRIES)
          .argument(pending.deliveries())
          .argument(Words.FORCE)
          .argument(Words.ONLY_IDS);
    }
  }
}
