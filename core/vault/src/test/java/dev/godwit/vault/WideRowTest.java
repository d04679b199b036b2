package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.check.DataShare;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.Orders;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row of many values that each stay below the limit of large ones. */
class WideRowTest {
  private static final Dataset WIDE = Orders.dataset("shop.public.wide");

  /** Outside of the heap, of a run with one job. */
  private static final long SMALLEST = 160L << 20;

  @TempDir Path folder;

  /** One row of so many columns of a million bytes that do not compress. */
  private static VectorSchemaRoot row(BufferAllocator allocator, int columns) {
    byte[] value = new byte[1_000_000];
    Random random = new Random(columns);
    return VectorSchemaRoot.of(
        IntStream.range(0, columns)
            .mapToObj(
                i -> {
                  VarBinaryVector column = new VarBinaryVector("c" + i, allocator);
                  column.allocateNew(value.length, 1);
                  random.nextBytes(value);
                  column.set(0, value);
                  column.setValueCount(1);
                  return column;
                })
            .toArray(FieldVector[]::new));
  }

  private static void write(Vault vault, Bench bench, int columns) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      writer.prepare(WIDE);
      try (RecordWriter out = writer.open(WIDE, Partition.whole(WIDE.name()));
          VectorSchemaRoot root = row(bench.allocator, columns)) {
        root.setRowCount(1);
        out.write(new RecordBatch(root));
        out.commit();
      }
      Bench.seal(writer);
    }
  }

  @Test
  void whatAVaultTakesTheSmallestRunReadsAgain() {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder))) {
      write(vault, bench, 50);
      try (BufferAllocator little = new RootAllocator(SMALLEST)) {
        PluginContext context =
            new PluginContext(little, bench.cancellation, bench.warnings::add, 1);
        assertThat(vault.check(DataShare.ALL, context, read -> {}).damages()).isEmpty();
      }
    }
  }

  @Test
  void whatItCouldNotIsNotTaken() {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder))) {
      assertThatThrownBy(() -> write(vault, bench, 51))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("shop.public.wide has a row");
      assertThat(vault.snapshots()).isEmpty();
    }
  }
}
