package dev.godwit.spi.store;

/**
 * What a plugin promises. Contract tests check that a promise holds, and that what is not promised
 * is refused with a clear error.
 */
public enum Capability {
  /** Reads a dataset in several partitions at once. */
  PARALLEL_READ,
  /** All partitions of a run show one instant. */
  CONSISTENT_SNAPSHOT,
  /** Takes conditions on records ({@code --where}). */
  FILTER_RECORDS,
  /** Takes a choice of columns ({@code --columns}). */
  CHOOSE_COLUMNS,
  /** Makes datasets of queries ({@code --query}). */
  QUERY,
  /** The same records give the same batches in the next run, where they were not changed. */
  STABLE_BLOCKS,
  /** Creates the target database where it is missing. */
  CREATE_DATABASE,
  /** Loads a dataset under another name. */
  RENAME,
  /** Goes on where a killed run stopped, each partition loaded exactly once. */
  RESUME
}
