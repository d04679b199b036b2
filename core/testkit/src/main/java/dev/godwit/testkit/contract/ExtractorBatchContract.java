package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.extract.RecordStream;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.store.Capability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every extractor keeps to: the form of its batches, misfits and large values. */
public abstract class ExtractorBatchContract {
  /** About 4 MiB, and a row that came last may hold a few values of up to 8 MiB. */
  private static final long MOST_BYTES = 32L << 20;

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
  void batchesAreBoundedAndHoldRows() {
    try (ExtractRun run = begin()) {
      Pass.over(
          run,
          (dataset, partition, item) -> {
            if (item instanceof RecordBatch batch) {
              assertThat(batch.rows().getSchema()).isEqualTo(dataset.schema());
              assertThat(batch.rowCount()).isPositive();
              for (FieldVector vector : batch.rows().getFieldVectors()) {
                assertThat(vector.getValueCount()).isEqualTo(batch.rowCount());
              }
              assertThat(batch.bytes())
                  .as("bytes of a batch of %s", dataset.name())
                  .isLessThan(MOST_BYTES);
            }
          });
    }
  }

  @Test
  void misfitsLeaveNullInTheirPlace() {
    try (ExtractRun run = begin()) {
      Pass.over(
          run,
          (dataset, partition, item) -> {
            if (item instanceof RecordBatch batch) {
              long before = -1;
              for (Misfit misfit : batch.misfits()) {
                long place = ((long) misfit.row() << 32) | misfit.column();
                assertThat(place).as("place of %s", misfit).isGreaterThan(before);
                assertThat(misfit.row()).isLessThan(batch.rowCount());
                assertThat(batch.rows().getVector(misfit.column()).isNull(misfit.row())).isTrue();
                before = place;
              }
            }
          });
    }
  }

  @Test
  void largeValuesComeAheadInOrder() {
    LargeValues seen = new LargeValues();
    try (ExtractRun run = begin()) {
      Pass.over(run, (dataset, partition, item) -> seen.meet(item));
    }
    seen.finish();
    assertThat(seen.count()).as("large values in the sample").isPositive();
  }

  @Test
  void skipsWhatIsLeftUnreadOfALargeValue() {
    Map<DatasetName, Long> rows = new HashMap<>();
    sample().rows().keySet().forEach(name -> rows.put(name, 0L));
    try (ExtractRun run = begin()) {
      Pass.over(
          run,
          (dataset, partition, item) -> {
            if (item instanceof RecordBatch batch) {
              rows.merge(dataset.name(), (long) batch.rowCount(), Long::sum);
            } else if (item instanceof LargeValue value) {
              assertThat(readOne(value)).isBetween(0, 255);
            }
          });
    }
    assertThat(rows).isEqualTo(sample().rows());
  }

  private static int readOne(LargeValue value) {
    try {
      return value.bytes().read();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void closesInTheMiddle() {
    try (ExtractRun run = begin()) {
      if (run.reading() instanceof Reading.Partitioned reading) {
        for (Dataset dataset : Pass.datasets(run)) {
          for (Partition partition : Pass.partitions(reading, dataset)) {
            try (RecordReader reader = reading.open(dataset, partition)) {
              RecordItem first = reader.next();
              assertThat(
                      first == null || first instanceof LargeValue || first instanceof RecordBatch)
                  .isTrue();
            }
          }
        }
        Map<DatasetName, Long> rows = new HashMap<>();
        Pass.rows(run).forEach((name, found) -> rows.put(name, Pass.count(found)));
        assertThat(rows).as("what is read after that").isEqualTo(sample().rows());
      } else {
        try (RecordStream stream = ((Reading.OnePass) run.reading()).open()) {
          assertThat(stream.next()).isNotNull();
        }
      }
    }
  }

  @Test
  void readsSeveralPartitionsAtOnce() {
    try (ExtractRun run = begin()) {
      if (run.reading() instanceof Reading.Partitioned reading) {
        for (Dataset dataset : Pass.datasets(run)) {
          List<Partition> partitions = Pass.partitions(reading, dataset);
          if (partitions.size() > 1) {
            assertThat(inTurns(reading, dataset, partitions.subList(0, 2)))
                .isEqualTo(
                    alone(reading, dataset, partitions.get(0))
                        + alone(reading, dataset, partitions.get(1)));
          }
        }
      }
    }
  }

  private static long inTurns(
      Reading.Partitioned reading, Dataset dataset, List<Partition> partitions) {
    try (RecordReader one = reading.open(dataset, partitions.get(0));
        RecordReader other = reading.open(dataset, partitions.get(1))) {
      long rows = 0;
      List<RecordReader> left = new ArrayList<>(List.of(one, other));
      while (!left.isEmpty()) {
        for (RecordReader reader : List.copyOf(left)) {
          RecordItem item = reader.next();
          if (item == null) {
            left.remove(reader);
          } else if (item instanceof RecordBatch batch) {
            rows += batch.rowCount();
          }
        }
      }
      return rows;
    }
  }

  private static long alone(Reading.Partitioned reading, Dataset dataset, Partition partition) {
    long[] rows = {0};
    Pass.over(
        reading,
        dataset,
        partition,
        (d, p, item) -> rows[0] += item instanceof RecordBatch batch ? batch.rowCount() : 0);
    return rows[0];
  }

  @Test
  void makesTheSameBatchesInTheNextRunWherePromised() {
    if (!extractor.capabilities().contains(Capability.STABLE_BLOCKS)) {
      return; // nothing is promised, and nothing can be refused
    }
    assertThat(digests()).isNotEmpty().isEqualTo(digests());
  }

  private List<String> digests() {
    List<String> digests = new ArrayList<>();
    try (ExtractRun run = begin()) {
      Pass.over(
          run,
          (dataset, partition, item) -> {
            if (item instanceof RecordBatch batch) {
              digests.add(partition + " " + Serialised.sha256(batch));
            }
          });
    }
    return digests.stream().sorted().toList();
  }
}
