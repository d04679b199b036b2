package dev.godwit.testkit.contract;

import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.store.PasswordSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store filled for the contract tests, which only read it.
 *
 * <p>It should hold at least two datasets with rows; a value over 8 MiB; a misfit where the store
 * knows any; a dataset of several batches, and of several partitions where the plugin promises to
 * read in parallel.
 *
 * @param uri names the store, one source of it
 * @param password opens it
 * @param rows every dataset that it holds and how many rows are in it, known otherwise than by the
 *     extractor
 * @param condition a {@code --where} that the store understands; empty where none is promised
 * @param unreachable addresses that must fail: a port where nobody listens, an unknown database, a
 *     wrong login
 */
public record ExtractorSample(
    String uri,
    PasswordSource password,
    Map<DatasetName, Long> rows,
    Optional<Condition> condition,
    List<String> unreachable) {

  /** A condition on the records of a dataset and how many of them it takes. */
  public record Condition(DatasetName dataset, String condition, long rows) {}

  /** Copies the collections. */
  public ExtractorSample {
    rows = Map.copyOf(rows);
    unreachable = List.copyOf(unreachable);
  }
}
