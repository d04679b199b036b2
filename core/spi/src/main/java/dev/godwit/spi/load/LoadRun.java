package dev.godwit.spi.load;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One load. A vault's snapshot is written through this contract too.
 *
 * <p>The order of calls: {@link #prepare} once for each dataset ahead of its partitions; {@link
 * #open} for each partition that {@link #holds} denies, by several threads at once, and {@link
 * #loaded} when all of a dataset are there; when all are committed {@link #lost}, until it tells of
 * nothing; {@link #finish} once, its stages one after the other, the steps of a stage in parallel;
 * then {@link #complete}. Closing a run that was not completed leaves what can be resumed, and
 * nothing that could be taken for done.
 */
public interface LoadRun extends AutoCloseable {
  /**
   * Why a dataset cannot be written, where the load goes on without what it could not make; empty
   * where it can. Asked ahead of {@link #prepare}, which does not follow for one that cannot.
   */
  default Optional<String> leftOut(Dataset dataset) {
    return Optional.empty();
  }

  /** Makes the dataset ready to be written. Not called by two threads at once. */
  void prepare(Dataset dataset);

  /** Whether an earlier run of the same plan has already loaded the partition. */
  boolean holds(Partition partition);

  /** Opens a partition for writing. */
  RecordWriter open(Dataset dataset, Partition partition);

  /**
   * What this run committed and has lost since, such as blocks in a file of the vault that
   * vanished; from here on it counts as never written. Asked once all partitions are committed, and
   * again once these were moved again, until nothing is lost; then {@link #finish} follows. The
   * stream is walked while partitions are opened and committed.
   *
   * @throws dev.godwit.spi.error.GodwitException if it cannot be made good
   */
  default Stream<Lost> lost() {
    return Stream.empty();
  }

  /**
   * Does with a dataset what is best done as soon as it is whole. Called by a worker once all its
   * partitions are committed, while others are still being written.
   */
  default void loaded(Dataset dataset) {}

  /** What is left to do once all data is there: indexes, then constraints, then state. */
  List<Stage> finish(ExtractRun.Conclusion conclusion);

  /** Seals the load, after the last step. From here on it counts as done. */
  LoadReport complete();

  @Override
  void close();

  /** A partition that is to be moved again. */
  record Lost(Dataset dataset, Partition partition) {}

  /**
   * Steps of which several run at once, as far as each lets it. They are listed so that each comes
   * after all that it waits for: one after the other, they can be run as they stand.
   */
  record Stage(String name, List<Step> steps) {
    /** Copies the steps. */
    public Stage {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One piece of work, done exactly once even over several runs.
   *
   * @param name for people, and for the steps that wait for it: unique in its stage
   * @param after names of the steps of the stage that must be done before
   * @param shared names of what it uses while others may use it as well
   * @param alone names of what no other step may use meanwhile
   * @param effort how long it takes, in any unit that the stage's steps share, 0 where it is done
   *     at once; what takes long, or has long work waiting for it, is begun first
   */
  record Step(
      String name,
      List<String> after,
      Set<String> shared,
      Set<String> alone,
      long effort,
      Runnable work) {
    /** Copies the collections. */
    public Step {
      after = List.copyOf(after);
      shared = Set.copyOf(shared);
      alone = Set.copyOf(alone);
    }

    /** A step that waits for nothing, and that nothing keeps from running beside all others. */
    public Step(String name, Runnable work) {
      this(name, List.of(), Set.of(), Set.of(), 0, work);
    }
  }

  /**
   * What a load came to.
   *
   * @param target what was written, for people: a database, a snapshot's id
   * @param notes lines that a person should read, such as what was left out
   * @param notMade definitions that the target refused, where the load was told to keep going, and
   *     those that need them; the first ten thousand
   */
  record LoadReport(String target, List<String> notes, List<NotMade> notMade) {
    /** Copies the lists. */
    public LoadReport {
      notes = List.copyOf(notes);
      notMade = List.copyOf(notMade);
    }

    /** A load that made everything. */
    public LoadReport(String target, List<String> notes) {
      this(target, notes, List.of());
    }
  }

  /**
   * A definition that was not carried out.
   *
   * @param id of its object
   * @param definition what the target refused, without secrets; empty where it was not tried
   * @param reason what the target said, or what it needs that is not there
   * @param because the id of the object without which it was not tried; empty where it was
   */
  record NotMade(String id, String definition, String reason, String because) {
    /** Whether the target refused it, and not something that it needs. */
    public boolean failed() {
      return because.isEmpty();
    }
  }
}
