package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.DatasetQuery;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.store.Capability;
import dev.godwit.testkit.row.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every extractor keeps to: that it refuses what it cannot do, with a clear line, and stops
 * when told to.
 */
public abstract class ExtractorRefusalContract {
  private ContractRun surroundings;

  /** The plugin. */
  protected abstract ExtractorProvider provider();

  /** The store to be read; the same at each call, so make it once. */
  protected abstract ExtractorSample sample();

  @BeforeEach
  final void surround() {
    surroundings = new ContractRun();
  }

  @AfterEach
  final void leave() {
    surroundings.close();
  }

  private Extractor open(String uri) {
    return surroundings.extractor(provider(), uri, sample().password());
  }

  private static ExtractRun begin(Extractor extractor, DatasetFilter filter) {
    return extractor.begin(new ExtractRequest(extractor.sources().get(0), filter));
  }

  private DatasetName someDataset() {
    return sample().rows().keySet().stream().sorted().findFirst().orElseThrow();
  }

  @Test
  void namesTheOptionsThatExistWhereOneDoesNot() {
    String uri = ContractRun.withOption(sample().uri(), "no_such_option=1");
    GodwitException failure = ContractRun.refused(ExitCode.USAGE, () -> open(uri).close());
    assertThat(failure.getMessage()).contains("no_such_option");
    provider()
        .options()
        .forEach(option -> assertThat(failure.hint().orElse("")).contains(option.key()));
  }

  @Test
  void refusesAStoreThatDoesNotAnswer() {
    assertThat(sample().unreachable()).isNotEmpty();
    for (String uri : sample().unreachable()) {
      GodwitException failure =
          ContractRun.refused(ExitCode.SOURCE_UNREACHABLE, () -> open(uri).close());
      sample()
          .password()
          .given()
          .ifPresent(s -> assertThat(failure.getMessage()).doesNotContain(s.reveal()));
    }
  }

  @Test
  void refusesAFilterThatMatchesNothing() {
    DatasetFilter nothing =
        new DatasetFilter(
            List.of(DatasetPattern.parse("no_such_dataset")), List.of(), List.of(), List.of());
    try (Extractor extractor = open(sample().uri())) {
      GodwitException failure =
          ContractRun.refused(ExitCode.USAGE, () -> begin(extractor, nothing).close());
      assertThat(failure.getMessage()).contains("no_such_dataset");
    }
  }

  @Test
  void takesConditionsOrRefusesThem() {
    try (Extractor extractor = open(sample().uri())) {
      if (extractor.capabilities().contains(Capability.FILTER_RECORDS)) {
        ExtractorSample.Condition given = sample().condition().orElseThrow();
        try (ExtractRun run = begin(extractor, where(given.dataset(), given.condition()))) {
          Map<DatasetName, Map<Row, Integer>> rows = Pass.rows(run);
          assertThat(Pass.count(rows.get(given.dataset()))).isEqualTo(given.rows());
        }
      } else {
        DatasetFilter filter = where(someDataset(), "true");
        ContractRun.refused(ExitCode.USAGE, () -> begin(extractor, filter).close());
      }
    }
  }

  private static DatasetFilter where(DatasetName dataset, String condition) {
    DatasetPattern pattern = DatasetPattern.parse(dataset.toString());
    return new DatasetFilter(
        List.of(), List.of(), List.of(new DatasetFilter.Where(pattern, condition)), List.of());
  }

  @Test
  void choosesColumnsOrRefusesTo() {
    try (Extractor extractor = open(sample().uri())) {
      Dataset whole;
      try (ExtractRun run = begin(extractor, DatasetFilter.ALL)) {
        whole = Pass.datasets(run).get(0);
      }
      String last = whole.schema().getFields().get(whole.schema().getFields().size() - 1).getName();
      DatasetFilter filter = columns(whole.name(), last);
      if (extractor.capabilities().contains(Capability.CHOOSE_COLUMNS)) {
        try (ExtractRun run = begin(extractor, filter)) {
          Dataset part =
              Pass.datasets(run).stream()
                  .filter(d -> d.name().equals(whole.name()))
                  .findFirst()
                  .orElseThrow();
          assertThat(part.schema().getFields().stream().map(f -> f.getName()))
              .containsExactly(last);
          assertThat(Pass.count(Pass.rows(run).get(whole.name())))
              .isEqualTo(sample().rows().get(whole.name()));
        }
        DatasetFilter unknown = columns(whole.name(), "no_such_column");
        GodwitException failure =
            ContractRun.refused(ExitCode.USAGE, () -> begin(extractor, unknown).close());
        assertThat(failure.getMessage()).contains("no_such_column");
      } else {
        ContractRun.refused(ExitCode.USAGE, () -> begin(extractor, filter).close());
      }
    }
  }

  private static DatasetFilter columns(DatasetName dataset, String column) {
    DatasetPattern pattern = DatasetPattern.parse(dataset.toString());
    return new DatasetFilter(
        List.of(),
        List.of(),
        List.of(),
        List.of(new DatasetFilter.Columns(pattern, List.of(column))));
  }

  @Test
  void refusesQueriesWhereItPromisesNone() {
    try (Extractor extractor = open(sample().uri())) {
      // Each language has a query that is none.
      ExtractRequest request =
          new ExtractRequest(
              extractor.sources().get(0),
              DatasetFilter.ALL,
              List.of(
                  new DatasetQuery(DatasetName.of("wrong_query"), "no query at all", List.of())));
      GodwitException failure =
          ContractRun.refused(ExitCode.USAGE, () -> extractor.begin(request).close());
      assertThat(failure.getMessage().contains("wrong_query"))
          .as("names the query that it cannot read: %s", failure.getMessage())
          .isEqualTo(extractor.capabilities().contains(Capability.QUERY));
    }
  }

  @Test
  void stopsOnceCancelled() {
    try (Extractor extractor = open(sample().uri());
        ExtractRun run = begin(extractor, DatasetFilter.ALL)) {
      int[] met = {0};
      GodwitException failure =
          ContractRun.failure(
              () ->
                  Pass.over(
                      run,
                      (dataset, partition, item) -> {
                        met[0]++;
                        surroundings.cancellation().cancel(ExitCode.INTERRUPTED);
                      }));
      assertThat(failure).isNotNull();
      assertThat(met[0]).as("items after the run was cancelled").isLessThanOrEqualTo(2);
    }
  }
}
