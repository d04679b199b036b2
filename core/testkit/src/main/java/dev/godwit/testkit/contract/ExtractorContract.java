package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.store.Capability;
import dev.godwit.testkit.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every extractor keeps to: that it reads everything, once, and the same each time. A plugin's
 * test extends it, and {@link ExtractorBatchContract} and {@link ExtractorRefusalContract} beside
 * it.
 */
public abstract class ExtractorContract {
  private ContractRun surroundings;
  private Extractor extractor;

  /** The plugin. */
  protected abstract ExtractorProvider provider();

  /** The store to be read; the same at each call, so make it once. */
  protected abstract ExtractorSample sample();

  @BeforeEach
  final void openSample() {
    surroundings = new ContractRun();
    extractor = surroundings.extractor(provider(), sample().uri(), sample().password());
  }

  @AfterEach
  final void closeSample() {
    extractor.close();
    surroundings.close();
  }

  private ExtractRun begin() {
    return extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL));
  }

  @Test
  void saysWhatAnswered() {
    assertThat(extractor.info().engine()).matches("[a-z][a-z0-9]*");
    assertThat(extractor.info().version()).isNotBlank();
    assertThat(extractor.info().identity()).isNotBlank();
    assertThat(extractor.sources()).hasSize(1);
    assertThat(extractor.sources().get(0).id()).isNotBlank();
    sample()
        .password()
        .given()
        .ifPresent(
            secret ->
                assertThat(extractor.sources().get(0).toString()).doesNotContain(secret.reveal()));
  }

  @Test
  void listsEveryDatasetEachTimeItIsAsked() {
    try (ExtractRun run = begin()) {
      for (int time = 0; time < 2; time++) {
        assertThat(Pass.datasets(run).stream().map(Dataset::name))
            .containsExactlyInAnyOrderElementsOf(sample().rows().keySet());
      }
    }
  }

  @Test
  void partitionsTileTheirDataset() {
    try (ExtractRun run = begin()) {
      if (!(run.reading() instanceof Reading.Partitioned reading)) {
        assertThat(extractor.capabilities()).doesNotContain(Capability.PARALLEL_READ);
        return;
      }
      int most = 0;
      for (Dataset dataset : Pass.datasets(run)) {
        List<Partition> partitions = Pass.partitions(reading, dataset);
        assertThat(partitions).allMatch(p -> p.dataset().equals(dataset.name()));
        assertThat(Span.tile(partitions.stream().map(Partition::span).toList()))
            .as("spans %s", partitions)
            .isTrue();
        for (int i = 0; i < partitions.size(); i++) {
          assertThat(partitions.get(i).ordinal()).isEqualTo(i);
        }
        assertThat(Pass.partitions(reading, dataset)).isEqualTo(partitions);
        most = Math.max(most, partitions.size());
      }
      assertThat(most > 1)
          .as("a dataset of several partitions")
          .isEqualTo(extractor.capabilities().contains(Capability.PARALLEL_READ));
    }
  }

  @Test
  void readsEveryRowOnce() {
    try (ExtractRun run = begin()) {
      Map<DatasetName, Map<Row, Integer>> rows = Pass.rows(run);
      Map<DatasetName, Long> counts = new HashMap<>();
      rows.forEach((name, found) -> counts.put(name, Pass.count(found)));
      assertThat(counts).isEqualTo(sample().rows());
      for (Dataset dataset : Pass.datasets(run)) {
        keysAreUnique(dataset, rows.get(dataset.name()));
      }
    }
  }

  private static void keysAreUnique(Dataset dataset, Map<Row, Integer> rows) {
    if (dataset.key().isEmpty()) {
      return;
    }
    List<String> columns = dataset.schema().getFields().stream().map(f -> f.getName()).toList();
    assertThat(columns).containsAll(dataset.key());
    Set<List<Object>> keys = new HashSet<>();
    for (Map.Entry<Row, Integer> row : rows.entrySet()) {
      List<Object> key = new ArrayList<>();
      dataset.key().forEach(column -> key.add(row.getKey().get(columns.indexOf(column))));
      assertThat(row.getValue()).as("%s of %s", key, dataset.name()).isEqualTo(1);
      assertThat(keys.add(key)).as("%s of %s met once", key, dataset.name()).isTrue();
    }
  }

  @Test
  void showsTheSameWhenReadAgain() {
    Map<DatasetName, Map<Row, Integer>> first;
    try (ExtractRun run = begin()) {
      first = Pass.rows(run);
      if (run.reading() instanceof Reading.Partitioned) {
        assertThat(Pass.rows(run)).as("in the same run").isEqualTo(first);
      }
    }
    try (ExtractRun run = begin()) {
      assertThat(Pass.rows(run)).as("in another run").isEqualTo(first);
    }
  }

  @Test
  void concludesWithThePointThatItPromises() {
    try (ExtractRun run = begin()) {
      Pass.over(run, (dataset, partition, item) -> {});
      Guarantee reached = run.conclude().point().guarantee();
      assertThat(reached == Guarantee.SNAPSHOT)
          .as("a snapshot was reached: %s", reached)
          .isEqualTo(extractor.capabilities().contains(Capability.CONSISTENT_SNAPSHOT));
    }
  }

  @Test
  void listsEachDefinitionAfterThoseItNeeds() {
    try (ExtractRun run = begin();
        Stream<SchemaObject> objects = run.catalogue().objects()) {
      Set<String> seen = new HashSet<>();
      SchemaObject.Phase phase = SchemaObject.Phase.BEFORE_DATA;
      for (SchemaObject object : objects.toList()) {
        assertThat(seen).as("what %s needs", object.id()).containsAll(object.dependencies());
        assertThat(object.phase()).as("phase of %s", object.id()).isGreaterThanOrEqualTo(phase);
        assertThat(seen.add(object.id())).as("%s is listed once", object.id()).isTrue();
        phase = object.phase();
      }
      assertThat(run.catalogue().notCarried()).allSatisfy((kind, n) -> assertThat(n).isPositive());
    }
  }

  @Test
  void takesOnlyWhatTheFilterTakes() {
    DatasetName wanted = sample().rows().keySet().stream().sorted().findFirst().orElseThrow();
    DatasetFilter only =
        new DatasetFilter(
            List.of(dev.godwit.spi.name.DatasetPattern.parse(wanted.toString())),
            List.of(),
            List.of(),
            List.of());
    try (ExtractRun run = extractor.begin(new ExtractRequest(extractor.sources().get(0), only))) {
      Map<DatasetName, Map<Row, Integer>> rows = Pass.rows(run);
      assertThat(rows.keySet()).containsExactly(wanted);
      assertThat(Pass.count(rows.get(wanted))).isEqualTo(sample().rows().get(wanted));
    }
  }
}
