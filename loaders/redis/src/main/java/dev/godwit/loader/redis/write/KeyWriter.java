package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.value.ValueType;
import dev.godwit.loader.redis.wire.Lanes;
import dev.godwit.loader.redis.wire.Tally;
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
import java.util.function.Supplier;

/**
 * Writes one partition. Keys stay where they were written when it is aborted: written again they do
 * no harm, and the load does not count as done. Each batch is answered before the next is taken.
 */
public final class KeyWriter implements RecordWriter {
  private final ServerClock clock;
  private final Supplier<Lanes> opening;
  private final Tally tally;
  private final Runnable mark;
  private final Cancellation cancellation;
  private final LargeSpool spool = new LargeSpool();
  private final SmallKeys small;
  private final LargeKeys large;
  private final Columns columns = new Columns();
  private Lanes lanes;
  private long rows;
  private long bytes;

  /**
   * A writer.
   *
   * @param opening opens connections to the database, which count into the tally; called once, with
   *     the first key
   * @param mark marks the partition as done
   */
  public KeyWriter(
      Abilities abilities,
      IfExists ifExists,
      ServerClock clock,
      Tally tally,
      Supplier<Lanes> opening,
      Runnable mark,
      Cancellation cancellation) {
    this.clock = clock;
    this.tally = tally;
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
    for (int row = 0; row < batch.rowCount(); row++) {
      write(row);
    }
    if (lanes != null) {
      lanes.drain();
    }
    rows += batch.rowCount();
    bytes += columns.bytes();
    spool.clear();
  }

  private void write(int row) {
    ValueType type = columns.type(row);
    long expires = columns.expires(row);
    if (expires != SmallKeys.Row.NEVER && expires <= clock.now()) {
      tally.expired().increment();
      return;
    }
    if (lanes == null) {
      lanes = opening.get();
    }
    LargeReference reference = columns.large(row, type);
    if (reference != null) {
      large(columns.key(row), type, reference, expires);
    } else {
      small.write(type, columns.row(row, type), lanes.chunk());
      lanes.full();
    }
  }

  private void large(byte[] key, ValueType type, LargeReference reference, long expires) {
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

  /** Nothing is taken back but what is not a whole key yet; that is met when it is loaded again. */
  @Override
  public void abort() {
    spool.clear();
    closeLanes();
  }

  private void closeLanes() {
    if (lanes != null) {
      lanes.close();
      lanes = null;
    }
  }

  @Override
  public void close() {
    spool.close();
    closeLanes();
  }
}
