package dev.godwit.spi.dataset;

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
   * What the source holds and the run does not carry: kind in the plural, such as {@code
   * functions}, to how many.
   */
  SortedMap<String, Long> notCarried();
}
