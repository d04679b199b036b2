package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.Orders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many datasets and partitions open at once, committed in any order, left out, cut off. */
class InterleavedTest {
  @TempDir Path folder;

  private final Bench bench = new Bench();
  private Vault vault;

  @BeforeEach
  void makeVault() {
    vault = Vault.create(new LocalFolder(folder));
  }

  @AfterEach
  void close() {
    vault.close();
    bench.close();
  }

  private void put(RecordWriter out, long first) {
    try (VectorSchemaRoot root = Orders.batch(bench.allocator, first, 5).rows()) {
      out.write(new RecordBatch(root));
    }
  }

  @Test
  void aPassOverManyDatasetsKeepsThemApart() {
    List<Dataset> datasets =
        List.of(Orders.dataset("a.b.c"), Orders.dataset("a.b.d"), Orders.dataset("a.b.e"));
    Manifest manifest;
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      List<RecordWriter> open = new ArrayList<>();
      for (Dataset dataset : datasets) {
        writer.prepare(dataset);
        open.add(writer.open(dataset, Partition.whole(dataset.name())));
      }
      for (int i = 0; i < 30; i++) {
        put(open.get(i % 3), i % 3 * 1000L + i);
      }
      for (int i = 2; i >= 0; i--) {
        assertThat(open.get(i).commit().rows()).isEqualTo(50);
        open.get(i).close();
      }
      manifest = Bench.seal(writer);
    }
    List<String> rows = bench.read(vault, manifest);
    assertThat(rows).hasSize(150);
    assertThat(rows.get(0)).startsWith("0|");
    assertThat(rows.get(50)).startsWith("1001|");
    assertThat(rows.get(100)).startsWith("2002|");
  }

  @Test
  void whatWasNotWrittenWholeIsNotSealed() {
    Dataset dataset = Orders.dataset("a.b.c");
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      writer.prepare(dataset);
      Span last = Span.between("page", "7", null);
      try (RecordWriter out = writer.open(dataset, new Partition(dataset.name(), 1, last))) {
        put(out, 1);
        out.commit();
      }
      assertThatThrownBy(() -> Bench.seal(writer))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
          .hasMessageContaining("a.b.c");
    }
    assertThat(vault.snapshots()).isEmpty();
  }

  @Test
  void definitionsOfADatasetThatIsLeftOutGoWithIt() {
    List<SchemaObject> objects = List.of(object("type:mood"), object("table:c", "a.b.c"));
    Manifest manifest;
    try (SnapshotWriter writer = vault.write(Bench.draft("shop", objects), bench.context)) {
      bench.write(writer, "a.b.d", 1, 1);
      writer.leaveOut(DatasetName.parse("a.b.c"), "locked");
      manifest = Bench.seal(writer);
    }
    try (ExtractRun run = vault.read(manifest, bench.context);
        Stream<SchemaObject> read = run.catalogue().objects()) {
      assertThat(read).containsExactly(objects.get(0));
    }
  }

  private static SchemaObject object(String id, String... datasets) {
    return new SchemaObject(
        id,
        id.substring(0, id.indexOf(':')),
        DatasetName.of("b", "x"),
        "create 'ünïcode'\n\t\"quoted\";",
        List.of(),
        SchemaObject.Phase.BEFORE_DATA,
        Stream.of(datasets).map(DatasetName::parse).toList(),
        Map.of("k", "v"));
  }

  @Test
  void aCancelledRunLeavesNoSnapshot() {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, "a.b.c", 2, 10);
      bench.cancellation.cancel(ExitCode.INTERRUPTED);
      assertThatThrownBy(() -> bench.write(writer, "a.b.d", 1, 1))
          .isInstanceOf(CancelledException.class);
      assertThatThrownBy(() -> Bench.seal(writer)).isInstanceOf(CancelledException.class);
    }
    assertThat(vault.snapshots()).isEmpty();
  }

  @Test
  void aReaderMayBeClosedInTheMiddle() {
    Manifest manifest;
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, "a.b.c", 1, 200, 3);
      manifest = Bench.seal(writer);
    }
    Dataset dataset = Orders.dataset("a.b.c");
    try (ExtractRun run = vault.read(manifest, bench.context)) {
      var reading = (Reading.Partitioned) run.reading();
      try (var reader = reading.open(dataset, Partition.whole(dataset.name()))) {
        assertThat(reader.next()).isNotNull();
      }
      assertThatThrownBy(() -> reading.partitions(Orders.dataset("no.such.one")))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("no.such.one");
    }
  }

  @Test
  void aBlockListLongerThanAnyBufferIsStreamed() {
    int batches = 5000;
    Manifest manifest;
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, "a.b.c", 1, batches, 1);
      manifest = Bench.seal(writer);
    }
    assertThat(manifest.totals().blocks()).isEqualTo(batches);
    List<String> rows = bench.read(vault, manifest);
    assertThat(rows).hasSize(batches);
    assertThat(rows.get(batches - 1)).startsWith((batches - 1) + "|");
    assertThat(bench.check(vault, false).damages()).isEmpty();
  }
}
