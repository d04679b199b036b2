package dev.godwit.mapping;

import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Holds each batch of a reader back until its large values are known, so that some of them can be
 * left out. Used by one thread.
 */
public final class BatchesHeld implements AutoCloseable {
  private final RecordReader source;
  private final LargeSpool spool = new LargeSpool();
  private final Deque<LargeReference> ahead = new ArrayDeque<>();
  private RecordBatch waiting;
  private InputStream open;

  /** Reads a reader; closes it when it is closed. */
  public BatchesHeld(RecordReader source) {
    this.source = source;
  }

  /** The large values of the batch that is held. */
  public LargeSpool spool() {
    return spool;
  }

  /**
   * The next item, valid until the next call; null at the end.
   *
   * @param kept of a batch as it was read, which of its large values go ahead of it
   * @param change what becomes of a batch
   */
  public RecordItem next(
      Function<RecordBatch, Predicate<LargeReference>> kept, UnaryOperator<RecordBatch> change) {
    closeLarge();
    if (waiting == null && !readBatch(kept)) {
      return null;
    }
    LargeReference reference = ahead.poll();
    if (reference != null) {
      open = spool.open(reference);
      return new LargeValue(open);
    }
    RecordBatch batch = change.apply(waiting);
    waiting = null;
    return batch;
  }

  /** Reads up to the next batch, and finds which large values go ahead of it. */
  private boolean readBatch(Function<RecordBatch, Predicate<LargeReference>> kept) {
    spool.clear();
    RecordItem item = source.next();
    while (item instanceof LargeValue value) {
      spool.keep(value);
      item = source.next();
    }
    if (item == null) {
      return false;
    }
    waiting = (RecordBatch) item;
    waiting.large().stream().filter(kept.apply(waiting)).forEach(ahead::add);
    return true;
  }

  private void closeLarge() {
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      open = null;
    }
  }

  @Override
  public void close() {
    try {
      closeLarge();
    } finally {
      spool.close();
      source.close();
    }
  }
}
