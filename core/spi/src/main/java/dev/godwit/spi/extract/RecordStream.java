package dev.godwit.spi.extract;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.record.RecordItem;

/** Reads everything in one pass, datasets as they come. Used by one thread at a time. */
public interface RecordStream extends AutoCloseable {
  /**
   * One item and the dataset it belongs to. A dataset may come again after others have; its large
   * values come right ahead of their batch.
   */
  record Entry(Dataset dataset, RecordItem item) {}

  /**
   * The next entry. Its item belongs to the stream, and is valid until the next call or {@link
   * #close}.
   *
   * @return null at the end
   */
  Entry next();

  @Override
  void close();
}
