package dev.godwit.spi.load;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import java.util.List;
import java.util.stream.Stream;

/**
 * One load. A vault's snapshot is written through this contract too.
 *
 * <p>The order of calls: {@link #prepare} once for each dataset ahead of its partitions; {@link
 * #open} for each partition that {@link #holds} denies, by several threads at once; when all are
 * committed {@link #lost}, until it tells of nothing; {@link #finish} once, its stages one after
 * the other, the steps of a stage in parallel; then {@link #complete}. Closing a run that was not
 * completed leaves what can be resumed, and nothing that could be taken for done.
 */
public interface LoadRun extends AutoCloseable {
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

  /** What is left to do once all data is there: indexes, then constraints, then state. */
  List<Stage> finish(ExtractRun.Conclusion conclusion);

  /** Seals the load, after the last step. From here on it counts as done. */
  LoadReport complete();

  @Override
  void close();

  /** A partition that is to be moved again. */
  record Lost(Dataset dataset, Partition partition) {}

  /** Steps that may run in parallel. */
  record Stage(String name, List<Step> steps) {
    /** Copies the steps. */
    public Stage {
      steps = List.copyOf(steps);
    }
  }

  /** One piece of work, done exactly once even over several runs. */
  record Step(String name, Runnable work) {}

  /**
   * What a load came to.
   *
   * @param target what was written, for people: a database, a snapshot's id
   * @param notes lines that a person should read, such as what was left out
   */
  record LoadReport(String target, List<String> notes) {
    /** Copies the notes. */
    public LoadReport {
      notes = List.copyOf(notes);
    }
  }
}
