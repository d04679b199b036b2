package dev.godwit.mapping;

import dev.godwit.spi.name.DatasetName;

/** Hears of each value that a target cannot hold. Called by several threads at once. */
public interface Losses {
  /** What to do with such values. */
  OnLossy policy();

  /**
   * One value is not moved as it is.
   *
   * @param field its name in the source
   * @param key of its record, for people; empty where there is none
   * @param why what the target cannot hold, and what becomes of it
   * @throws dev.godwit.spi.error.GodwitException {@code LOSSY} where the policy is to fail
   */
  void lost(DatasetName dataset, String field, String key, String why);
}
