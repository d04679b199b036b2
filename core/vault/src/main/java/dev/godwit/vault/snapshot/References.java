package dev.godwit.vault.snapshot;

import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListWriter;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.list.ReferenceLine;
import dev.godwit.vault.plane.SealedRun;
import dev.godwit.vault.plane.VaultRun;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Takes down what a snapshot refers to, where its contents say it to readers only. Used by one
 * thread.
 */
public interface References extends AutoCloseable {
  /** Takes down what a partition refers to. */
  void add(PartitionLine partition);

  /** Stores the list; returns its id, or nothing where the contents are enough. */
  Optional<String> commit();

  @Override
  void close();

  /** What a partition refers to, in order. */
  static Stream<ReferenceLine> of(PartitionLine partition) {
    return partition.list() != null
        ? Stream.of(new ReferenceLine(partition.list(), null))
        : partition.blocks().stream().map(block -> new ReferenceLine(null, block));
  }

  /**
   * Those of a run.
   *
   * @param going whether a list of this name is about to be removed
   */
  static References of(VaultRun run, Predicate<String> going) {
    return run instanceof SealedRun ? new Listed(run, going) : new Unlisted();
  }

  /** A list of its own. */
  final class Listed implements References {
    private final ListWriter list;

    private Listed(VaultRun run, Predicate<String> going) {
      this.list = new ListWriter(run, ListKind.REFERENCES, going);
    }

    @Override
    public void add(PartitionLine partition) {
      of(partition).forEach(list::add);
    }

    @Override
    public Optional<String> commit() {
      return Optional.of(list.commit());
    }

    @Override
    public void close() {
      list.close();
    }
  }

  /** None: whoever opens the vault reads the contents. */
  final class Unlisted implements References {
    private Unlisted() {}

    @Override
    public void add(PartitionLine partition) {}

    @Override
    public Optional<String> commit() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
