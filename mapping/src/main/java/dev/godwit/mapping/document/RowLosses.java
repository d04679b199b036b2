package dev.godwit.mapping.document;

import dev.godwit.mapping.Losses;
import dev.godwit.mapping.OnLossy;
import dev.godwit.spi.dataset.Partition;
import java.util.function.IntFunction;

/** Names the row in which a value is lost. Used by one thread. */
final class RowLosses {
  private final Partition partition;
  private final Losses losses;
  private IntFunction<String> keys = row -> "";
  private int row;

  RowLosses(Partition partition, Losses losses) {
    this.partition = partition;
    this.losses = losses;
  }

  /** Says how the key of a row is read from here on. */
  void keys(IntFunction<String> reading) {
    keys = reading;
  }

  /** Goes to a row. */
  void at(int next) {
    row = next;
  }

  /**
   * A value is lost.
   *
   * @return what becomes of it, never {@code FAIL}
   */
  OnLossy lost(String field, String why) {
    losses.lost(partition.dataset(), field, keys.apply(row), why);
    return losses.policy();
  }

  /** Those of one field. */
  FieldLosses of(String field) {
    return why -> lost(field, why);
  }

  /**
   * Those of a field of the key: what is not exact becomes text, since the nearest value may be
   * another record's.
   */
  FieldLosses ofKey(String field) {
    return why -> {
      lost(field, why);
      return OnLossy.TEXT;
    };
  }

  /** Asks what becomes of a value of one field. */
  @FunctionalInterface
  interface FieldLosses {
    /** What becomes of it, never {@code FAIL}. */
    OnLossy lost(String why);
  }
}
