package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.store.Capability;
import dev.godwit.testkit.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every loader keeps to: what is committed is there, what is not is not. A plugin's test
 * extends it, and {@link LoaderResumeContract} and {@link LoaderRefusalContract} beside it.
 */
public abstract class LoaderContract implements LoaderGiven {
  private LoadScene scene;

  @BeforeEach
  final void openSample() {
    scene = new LoadScene(this);
  }

  @AfterEach
  final void closeSample() {
    scene.close();
  }

  @Test
  void saysWhatAnswered() {
    try (Loader loader = scene.loader(emptyTarget())) {
      assertThat(loader.info().engine()).matches("[a-z][a-z0-9]*");
      assertThat(loader.info().version()).isNotBlank();
      assertThat(loader.info().identity()).isNotBlank();
      assertThat(loader.ledger()).isNotNull();
    }
  }

  @Test
  void whatIsLoadedIsThere() {
    String target = emptyTarget();
    try (Loader loader = scene.loader(target);
        LoadRun load = loader.begin(scene.plan(false))) {
      scene.loadRest(load);
      scene.finish(load);
    }
    assertThat(scene.found(target)).isEqualTo(scene.expected(target));
    assertThat(scene.definitions(target)).isEqualTo(scene.definitions());
  }

  @Test
  void aCommitSaysWhatWasWritten() {
    try (Loader loader = scene.loader(emptyTarget());
        LoadRun load = loader.begin(scene.plan(false))) {
      scene.datasets().forEach(load::prepare);
      for (LoadScene.Slice slice : scene.slices()) {
        long[] pushed = {0};
        try (RecordWriter writer = load.open(slice.dataset(), slice.partition())) {
          scene.push(
              slice,
              writer,
              item -> {
                pushed[0] += item instanceof RecordBatch batch ? batch.rowCount() : 0;
                return true;
              });
          RecordWriter.Commit commit = writer.commit();
          assertThat(commit.rows() + commit.rejects()).isEqualTo(pushed[0]);
          assertThat(commit.bytes()).isGreaterThanOrEqualTo(commit.rows());
          writer.abort();
        }
      }
    }
  }

  @Test
  void anAbortedPartitionIsNotThere() {
    leavesNothing(RecordWriter::abort);
  }

  @Test
  void aPartitionClosedWithoutCommitIsNotThere() {
    leavesNothing(RecordWriter::close);
  }

  private void leavesNothing(java.util.function.Consumer<RecordWriter> end) {
    String target = emptyTarget();
    try (Loader loader = scene.loader(target);
        LoadRun load = loader.begin(scene.plan(false))) {
      scene.datasets().forEach(load::prepare);
      for (LoadScene.Slice slice : scene.slices()) {
        try (RecordWriter writer = load.open(slice.dataset(), slice.partition())) {
          scene.push(slice, writer, item -> true);
          end.accept(writer);
        }
        assertThat(load.holds(slice.partition())).isFalse();
      }
      if (loader.ledger() == Loader.Ledger.TRANSACTIONAL) {
        scene.found(target).forEach((name, rows) -> assertThat(rows).as("%s", name).isEmpty());
      }
    }
  }

  @Test
  void writesSeveralPartitionsAtOnce() {
    String target = emptyTarget();
    try (Loader loader = scene.loader(target);
        LoadRun load = loader.begin(scene.plan(false))) {
      scene.datasets().forEach(load::prepare);
      List<LoadScene.Slice> slices = new ArrayList<>(scene.slices());
      LoadScene.Slice last = slices.remove(slices.size() - 1);
      LoadScene.Slice other = slices.remove(slices.size() - 1);
      try (RecordWriter one = load.open(last.dataset(), last.partition());
          RecordWriter two = load.open(other.dataset(), other.partition())) {
        scene.push(last, one, item -> true);
        scene.push(other, two, item -> true);
        two.commit();
        one.commit();
      }
      slices.forEach(slice -> scene.load(load, slice));
      scene.finish(load);
    }
    assertThat(scene.found(target)).isEqualTo(scene.expected(target));
  }

  @Test
  void loadsUnderAnotherNameOrRefusesTo() {
    String target = emptyTarget();
    Dataset dataset = scene.datasets().get(0);
    DatasetName from = DatasetName.of(dataset.name().last());
    DatasetName to = newName();
    Renames renames = new Renames(Map.of(from, to));
    try (Loader loader = scene.loader(target)) {
      if (!loader.capabilities().contains(Capability.RENAME)) {
        ContractRun.failure(
            () -> loader.begin(scene.plan("renamed", renames, false, false)).close());
        return;
      }
      try (LoadRun load = loader.begin(scene.plan("renamed", renames, false, false))) {
        scene.loadRest(load);
        scene.finish(load);
      }
    }
    Map<DatasetName, Map<Row, Integer>> expected = scene.expected(target);
    DatasetName before = inTarget(target, dataset.name());
    expected.put(renames.of(before), expected.remove(before));
    assertThat(scene.found(target)).isEqualTo(expected);
  }

  @Test
  void makesAMissingDatabaseOnlyWhenTold() {
    try (Loader loader = scene.loader(emptyTarget())) {
      if (!loader.capabilities().contains(Capability.CREATE_DATABASE)) {
        assertThat(missingTarget()).isEmpty();
        return;
      }
    }
    String target = missingTarget().orElseThrow();
    ContractRun.failure(
        () -> {
          try (Loader loader = scene.loader(target)) {
            loader.begin(scene.plan(false)).close();
          }
        });
    try (Loader loader = scene.loader(target);
        LoadRun load = loader.begin(scene.plan("created", Renames.NONE, true, false))) {
      scene.loadRest(load);
      scene.finish(load);
    }
    assertThat(scene.found(target)).isEqualTo(scene.expected(target));
  }

  @Test
  void stopsOnceCancelled() {
    String target = emptyTarget();
    try (Loader loader = scene.loader(target);
        LoadRun load = loader.begin(scene.plan(false))) {
      scene.datasets().forEach(load::prepare);
      LoadScene.Slice slice = scene.slices().get(0);
      ContractRun.failure(
          () -> {
            try (RecordWriter writer = load.open(slice.dataset(), slice.partition())) {
              scene.push(
                  slice,
                  writer,
                  item -> {
                    scene.surroundings().cancellation().cancel(ExitCode.INTERRUPTED);
                    return true;
                  });
              writer.commit();
            }
          });
      assertThat(load.holds(slice.partition())).isFalse();
    }
  }
}
