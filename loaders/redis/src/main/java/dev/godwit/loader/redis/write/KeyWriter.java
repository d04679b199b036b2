package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.value.ValueType;
import dev.godwit.loader.redis.slot.Nodes;
import dev.godwit.loader.redis.wire.Answer;
import dev.godwit.loader.redis.wire.Lanes;
import dev.godwit.loader.redis.wire.Routes;
import dev.godwit.loader.redis.wire.Tally;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Writes one partition. Keys stay where they were written when it is aborted: written again they do
 * no harm, and the load does not count as done. Each batch is answered before the next is taken.
 */
public final class KeyWriter implements RecordWriter {
  private final ServerClock clock;
  private final Nodes nodes;
  private final Routes routes;
  private final Tally tally;
  private final Runnable mark;
  private final Cancellation cancellation;
  private final LargeSpool spool = new LargeSpool();
  private final Optional<IntFunction<HeldKeys>> opening;
  private final Map<Integer, HeldKeys> held = new HashMap<>();
  private final SmallKeys small;
  private final LargeKeys large;
  private final Columns columns = new Columns();
  private long rows;
  private long bytes;

  /**
   * A writer.
   *
   * @param nodes who holds which key
   * @param routes to the database at each of them; closed with the writer
   * @param opening looks at what each of them holds, where keys that are there as they would be
   *     written count as written: an earlier try of the load may have been at work
   * @param mark marks the partition as done
   */
  public KeyWriter(
      Abilities abilities,
      IfExists ifExists,
      ServerClock clock,
      Tally tally,
      Nodes nodes,
      Routes routes,
      Optional<IntFunction<HeldKeys>> opening,
      Runnable mark,
      Cancellation cancellation) {
    this.clock = clock;
    this.tally = tally;
    this.nodes = nodes;
    this.routes = routes;
    this.opening = opening;
    this.mark = mark;
    this.cancellation = cancellation;
    this.small = new SmallKeys(abilities, ifExists, tally);
    this.large = new LargeKeys(abilities, ifExists, cancellation);
  }

  @Override
  public void write(RecordItem item) {
    cancellation.check();
    if (item instanceof LargeValue value) {
      spool.keep(value);
      return;
    }
    RecordBatch batch = (RecordBatch) item;
    columns.over(batch);
    BitSet there = opening.isPresent() ? there(batch.rowCount()) : new BitSet();
    for (int row = 0; row < batch.rowCount(); row++) {
      if (!there.get(row)) {
        write(row);
      }
    }
    routes.drain();
    rows += batch.rowCount();
    bytes += columns.bytes();
    spool.clear();
  }

  /** Rows whose keys are there as they would be written. */
  private BitSet there(int rows) {
    BitSet there = new BitSet();
    Map<Integer, List<KeyInRow>> byNode = new TreeMap<>();
    for (int row = 0; row < rows; row++) {
      byte[] key = columns.key(row);
      byNode
          .computeIfAbsent(nodes.holding(key, 0, key.length), node -> new ArrayList<>())
          .add(new KeyInRow(row, key, columns, spool));
    }
    byNode.forEach(
        (node, keys) ->
            held.computeIfAbsent(node, opening.orElseThrow()::apply).among(keys).stream()
                .forEach(place -> there.set(keys.get(place).row())));
    return there;
  }

  private void write(int row) {
    ValueType type = columns.type(row);
    long expires = columns.expires(row);
    if (expires != SmallKeys.Row.NEVER && expires <= clock.now()) {
      tally.expired().increment();
      return;
    }
    LargeReference reference = columns.large(row, type);
    if (reference != null) {
      large(columns.key(row), type, reference, expires);
    } else {
      SmallKeys.Row key = columns.row(row, type);
      Lanes lanes = routes.to(nodes.holding(key.keys(), key.keyAt(), key.keyLength()));
      small.write(type, key, lanes.chunk());
      lanes.full();
    }
  }

  private void large(byte[] key, ValueType type, LargeReference reference, long expires) {
    Lanes lanes = routes.to(nodes.holding(key, 0, key.length));
    try (InputStream form = spool.open(reference)) {
      if (type == ValueType.MODULE) {
        large.module(key, form, reference.length(), expires, lanes);
      } else {
        large.write(type, key, form, expires, lanes);
      }
      bytes += reference.length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Commit commit() {
    cancellation.check();
    mark.run();
    long rejects = tally.kept().sum() + tally.empty().sum();
    return new Commit(rows - rejects, bytes, -1, rejects);
  }

  /** Takes back what is no whole key yet; whole keys are met when the partition is loaded again. */
  @Override
  public void abort() {
    spool.clear();
    routes.close();
    large.unfinished().ifPresent(this::drop);
  }

  private void drop(byte[] temporary) {
    try (routes) { // connected anew
      Lanes fresh = routes.to(nodes.holding(temporary, 0, temporary.length));
      fresh.chunk().command(Words.DEL, temporary, 0, Answer.DONE);
      fresh.drain();
    } catch (GodwitException e) {
      // The server is gone, or the run: it is met when the partition is loaded again.
    }
  }

  @Override
  public void close() {
    abort();
    held.values().forEach(HeldKeys::close);
    spool.close();
  }
}
