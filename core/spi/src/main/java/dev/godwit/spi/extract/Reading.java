package dev.godwit.spi.extract;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * How the records of a run are read: by partitions, or in one pass where the store has no other.
 */
public sealed interface Reading {

  /** Partitions, in parallel. Every method may be called by several threads at once. */
  non-sealed interface Partitioned extends Reading {
    /**
     * Divides a dataset. Lazy: a dataset may have more partitions than memory. The spans of the
     * partitions, in order, tile the dataset ({@link dev.godwit.spi.dataset.Span#tile}).
     */
    Iterator<Partition> partitions(Dataset dataset);

    /** Opens a partition. Several may be open at once, each used by one thread at a time. */
    RecordReader open(Dataset dataset, Partition partition);

    /**
     * The records of a dataset as the store sends them.
     *
     * @param columns which of its columns count, in which order; those of the key first
     * @param keys how many of them are the key; 0 where there is none
     * @return nothing where the store does not send this dataset so
     */
    default Optional<SentRecords> asSent(Dataset dataset, List<String> columns, int keys) {
      return Optional.empty();
    }
  }

  /** One pass over everything, such as a replication stream or a crawler. */
  non-sealed interface OnePass extends Reading {
    /** Opens the pass; once per run. */
    RecordStream open();
  }
}
