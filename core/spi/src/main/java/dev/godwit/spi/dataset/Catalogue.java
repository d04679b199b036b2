package dev.godwit.spi.dataset;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What a run holds, to be gone through as often as needed and never held whole: there may be more
 * datasets than memory. Each stream is closed by whoever opened it. Datasets and definitions may be
 * gone through at the same time, by two threads.
 */
public interface Catalogue {
  /** The datasets, those that take longest first where that is known. */
  Stream<Dataset> datasets();

  /**
   * The engine's own definitions, each after those that it depends on, phase by phase. Empty where
   * the store has none.
   */
  Stream<SchemaObject> objects();

  /**
   * Whether definitions alone are worth a run: some that people made, beside what a new database
   * has. Asked where there is no dataset; nothing read is no success otherwise.
   */
  default boolean standsByDefinitions() {
    return false;
  }

  /**
   * Whether datasets are nothing but their records, as spaces of keys are, which are there before
   * the first key and after the last: a run that meets no record has then read nothing.
   */
  default boolean standsByRecords() {
    return false;
  }

  /**
   * What the source holds and the run does not carry: kind in the plural, such as {@code
   * functions}, to how many.
   */
  SortedMap<String, Long> notCarried();

  /**
   * What a part of a source goes without, by kind. Definitions that hang on what was chosen and
   * need what was not (a view of two tables, a foreign key), or stand alone (a function, a setting
   * of the database); records that nobody would miss by their name, such as large objects; and
   * datasets, where they were left out rather than others chosen. Empty where the run holds all.
   */
  default List<LeftOut> leftOut() {
    return List.of();
  }

  /**
   * Definitions or records of one kind that are left out.
   *
   * @param count how many
   * @param first the names of some, a hundred at most
   */
  record LeftOut(String kind, long count, List<String> first) {
    /** Copies the names. */
    public LeftOut {
      first = List.copyOf(first);
    }
  }
}
