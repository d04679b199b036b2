package dev.godwit.spi.load;

import dev.godwit.spi.store.Capability;
import dev.godwit.spi.store.StoreInfo;
import java.util.List;
import java.util.Set;

/** An open store, to be written. Used by one thread; its runs say for themselves. */
public interface Loader extends AutoCloseable {
  /** What answered. */
  StoreInfo info();

  /** What it promises on this server. */
  Set<Capability> capabilities();

  /** What a partition is to it. */
  Ledger ledger();

  /** In which form it takes the records of another engine. */
  RecordForm form();

  /**
   * Everything that stands in the way of the plan, found before anything is written: a target that
   * is not empty, an extension that is missing, a right that is lacking.
   *
   * @return empty where the plan can be carried out
   */
  List<Obstacle> inspect(LoadPlan plan);

  /**
   * Begins to load: creates the database where the plan says so, the ledger, and what comes before
   * the data. With {@link LoadPlan#resume} it goes on with what an earlier run of the same plan
   * left.
   *
   * @throws ObstructedException with what {@link #inspect} tells of the plan, if that is anything
   */
  LoadRun begin(LoadPlan plan);

  @Override
  void close();

  /** What a partition is to a loader, and so how a killed load is resumed. */
  enum Ledger {
    /** A partition and its mark in the ledger are written in one transaction. */
    TRANSACTIONAL,
    /** Writing a record again does no harm; the mark is written after the partition. */
    IDEMPOTENT,
    /** Neither: resuming empties the dataset first, or is refused. */
    NONE
  }

  /**
   * Something that stands in the way.
   *
   * @param what one line, the thing named
   * @param hint what to do about it; may be empty
   * @param unfinished whether it is what another load left, which did not come to its end
   */
  record Obstacle(String what, String hint, boolean unfinished) {
    /** Anything but an unfinished load. */
    public Obstacle(String what, String hint) {
      this(what, hint, false);
    }
  }
}
