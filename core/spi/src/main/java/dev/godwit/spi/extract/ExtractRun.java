package dev.godwit.spi.extract;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.List;
import java.util.Optional;

/**
 * One source at one consistency point. A vault's snapshot is read through this contract too.
 *
 * <p>Closing it ends the run on the server: transactions, sessions, statements.
 */
public interface ExtractRun extends AutoCloseable {
  /** What the records come from. */
  StoreInfo info();

  /** Whose records these are. */
  Source source();

  /** What the run holds. */
  Catalogue catalogue();

  /** How its records are read. */
  Reading reading();

  /**
   * How the same datasets are read again where {@link #reading} is one pass: as often as needed,
   * each time as they are by then. For comparing, which may have to look twice.
   *
   * @return nothing where they cannot be, or where {@link #reading} does it
   */
  default Optional<Reading.Partitioned> later() {
    return Optional.empty();
  }

  /**
   * Ends the reading, after the last reader was closed: checks what can only be checked then, and
   * reads what must be read after the data.
   *
   * @throws dev.godwit.spi.error.GodwitException if the run did not show what it promised
   */
  Conclusion conclude();

  @Override
  void close();

  /**
   * What is known at the end of a run.
   *
   * @param point the instant that was shown
   * @param state definitions read after the data, such as the state of sequences; they come after
   *     all of {@link Catalogue#objects}
   */
  record Conclusion(ConsistencyPoint point, List<SchemaObject> state) {
    /** Copies the state. */
    public Conclusion {
      state = List.copyOf(state);
    }
  }
}
