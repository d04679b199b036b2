package dev.godwit.compare;

import dev.godwit.compare.Difference.Cell;
import java.util.List;

/** How the records of a pair are gone through, and how what differs in them is told. */
sealed interface PairedRecords permits PairedRows, PairedDocuments, PairedKeys, OwnKeys {
  /** Goes through a partition of one side. */
  RecordCursor cursor(Side side);

  /** Whether records have a key, by which those of both sides belong together. */
  boolean keyed();

  /** What keeps the schemas from being the same. */
  List<String> differences();

  /** What a record is ordered by: its key, else all of it. */
  List<Object> order(byte[] record);

  /** The key of a record; empty where there is none. */
  List<Cell> key(byte[] record);

  /** What a record holds beyond its key. */
  List<Cell> rest(byte[] record);

  /** Whether a record is gone by itself by now, so that nothing follows from one side having it. */
  default boolean gone(byte[] record) {
    return false;
  }

  /** Whether two records of one key say the same by now, as far as both of them say it. */
  default boolean agree(byte[] a, byte[] b) {
    return false;
  }

  /** What is not the same in two records of one key. */
  Changes changes(byte[] a, byte[] b);

  /** Values of both sides, under the same names. */
  record Changes(List<Cell> a, List<Cell> b) {}
}
