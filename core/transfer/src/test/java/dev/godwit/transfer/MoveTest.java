package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Samples;
import dev.godwit.testkit.memory.Shape;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.EveryKind;
import dev.godwit.testkit.sample.GeneratedBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MoveTest {
  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource
  void movesEveryRowOfEveryShape(Shape shape) {
    MemoryStore source = scene.filled(shape);
    MemoryStore target = scene.empty(shape);
    ExtractRun from = scene.read(source);
    LoadRun to = scene.load(target, from, false);

    TransferReport report = scene.transfer(3).run(from, to);

    assertThat(scene.fingerprints(target)).isEqualTo(scene.fingerprints(source));
    assertThat(Samples.counts(target)).isEqualTo(Samples.counts(source));
    assertThat(target.objects()).containsExactlyInAnyOrderElementsOf(source.objects());
    assertThat(target.state()).isEqualTo(source.state());
    assertThat(target.ledger()).as("dropped once complete").isEmpty();
    long rows = Samples.counts(source).values().stream().mapToLong(Long::longValue).sum();
    assertThat(report.rows()).isEqualTo(rows);
    assertThat(report.datasets()).isEqualTo(source.datasets().size());
    assertThat(report.bytes()).isGreaterThan(9 << 20);
    assertThat(report.leftOut()).isEmpty();
    assertThat(report.load().target()).isEqualTo(target.name());
  }

  @Test
  void movesAValueOfAGigabyteWithoutHoldingIt() {
    MemoryStore source = Samples.fill(scene.empty(Shape.STREAM), GeneratedBytes.gigabyte());
    MemoryStore target = scene.empty(Shape.STREAM);
    ExtractRun from = scene.read(source);
    assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(1L << 30);

    TransferReport report = scene.transfer(2).run(from, scene.load(target, from, false));

    assertThat(report.bytes()).isGreaterThan(GeneratedBytes.GIGABYTE);
    assertThat(report.point().guarantee()).isEqualTo(ConsistencyPoint.Guarantee.FUZZY);
    assertThat(scene.fingerprints(target)).isEqualTo(scene.fingerprints(source));
  }

  @Test
  void tellsWhatHappens() {
    MemoryStore source = scene.filled(Shape.TYPED);
    ExtractRun from = scene.read(source);
    TransferReport report =
        scene.transfer(2).run(from, scene.load(scene.empty(Shape.TYPED), from, false));

    assertThat(scene.events(TransferEvent.DatasetPlanned.class)).hasSize(4);
    Map<DatasetName, Long> moved = new HashMap<>();
    long bytes = 0;
    for (TransferEvent.Moved event : scene.events(TransferEvent.Moved.class)) {
      moved.merge(event.dataset(), event.rows(), Long::sum);
      bytes += event.bytes();
    }
    Map<DatasetName, Long> counts = Samples.counts(source);
    counts.values().remove(0L);
    assertThat(moved).isEqualTo(counts);
    assertThat(bytes).isEqualTo(report.bytes());
    assertThat(scene.events(TransferEvent.PartitionDone.class)).hasSize(5 + 2 + 1 + 1);
    assertThat(scene.events(TransferEvent.StageBegun.class))
        .containsExactly(
            new TransferEvent.StageBegun("indexes", 4),
            new TransferEvent.StageBegun("constraints", 1),
            new TransferEvent.StageBegun("state", 1));
    List<String> steps =
        scene.events(TransferEvent.StepDone.class).stream()
            .map(TransferEvent.StepDone::stage)
            .toList();
    assertThat(steps)
        .containsExactly("indexes", "indexes", "indexes", "indexes", "constraints", "state");
  }

  @Test
  void saysOnceOfEachDatasetThatItIsWhole() {
    MemoryStore source = scene.filled(Shape.TYPED);
    ExtractRun from = scene.read(source, "?partition-rows=5");
    Map<DatasetName, Long> missing = new ConcurrentHashMap<>(Samples.counts(source));
    WatchedLoad to =
        new WatchedLoad(scene.load(scene.empty(Shape.TYPED), from, false)) {
          @Override
          public void loaded(Dataset dataset) {
            assertThat(missing.get(dataset.name())).as(dataset.name().toString()).isZero();
            super.loaded(dataset);
          }
        };
    new Transfer(
            3,
            scene.cancellation(),
            event -> {
              if (event instanceof TransferEvent.PartitionDone done) {
                missing.merge(done.partition().dataset(), -done.commit().rows(), Long::sum);
              }
            },
            Transfer.FailurePolicy.STOP)
        .run(from, to);
    assertThat(to.loaded).containsExactlyInAnyOrderElementsOf(Samples.counts(source).keySet());
  }

  @Test
  void movesTenThousandDatasets() {
    MemoryStore source = scene.empty(Shape.TYPED);
    Schema schema = new Schema(List.of(EveryKind.integer("id", 64)));
    for (long i = 0; i < 10_000; i++) {
      DatasetName name = DatasetName.of("shop", "table" + i);
      source.put(Dataset.of(name, "table", schema), List.of(Row.of(i)));
    }
    MemoryStore target = scene.empty(Shape.TYPED);
    ExtractRun from = scene.read(source);

    TransferReport report = scene.transfer(4).run(from, scene.load(target, from, false));

    assertThat(report.datasets()).isEqualTo(10_000);
    assertThat(report.rows()).isEqualTo(10_000);
    assertThat(scene.fingerprints(target)).isEqualTo(scene.fingerprints(source));
  }
}
