package dev.godwit.spi.extract;

import dev.godwit.spi.record.RecordItem;

/**
 * Reads one partition. Pulled, one item live at a time, by one thread at a time.
 *
 * <p>A batch holds at least one row and about 4 MiB; its bounds are the blocks' bounds, so a reader
 * that can keeps them in place when rows change elsewhere. A value over {@link
 * dev.godwit.spi.record.LargeValue#THRESHOLD} bytes comes as a {@link
 * dev.godwit.spi.record.LargeValue} ahead of the batch with its row, in the order of rows and then
 * of columns.
 */
public interface RecordReader extends AutoCloseable {
  /**
   * The next item. It belongs to the reader, and is valid until the next call or {@link #close}.
   * What is left unread of a large value is skipped.
   *
   * @return null at the end
   * @throws dev.godwit.spi.error.GodwitException if the partition cannot be read whole
   */
  RecordItem next();

  /** Ends the reading, also in the middle; statements on the server are cancelled. */
  @Override
  void close();
}
