package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.Orders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyDatasetsTest {
  @TempDir Path folder;

  @Test
  void tenThousandSmallTablesMakeFewFiles() throws IOException {
    int tables = 10_000;
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder))) {
      Manifest manifest;
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        for (int i = 0; i < tables; i++) {
          Dataset dataset = Orders.dataset("shop.public.t" + i);
          writer.prepare(dataset);
          try (RecordWriter out = writer.open(dataset, Partition.whole(dataset.name()));
              VectorSchemaRoot root = Orders.batch(bench.allocator, i, 1).rows()) {
            out.write(new RecordBatch(root));
            out.commit();
          }
        }
        manifest = Bench.seal(writer);
      }
      assertThat(manifest.totals().datasets()).isEqualTo(tables);
      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(files.filter(Files::isRegularFile).count()).isLessThan(12);
      }
      try (ExtractRun run = vault.read(manifest, bench.context)) {
        Reading.Partitioned reading = (Reading.Partitioned) run.reading();
        try (Stream<Dataset> datasets = run.catalogue().datasets()) {
          assertThat(datasets.count()).isEqualTo(tables);
        }
        for (int i = 0; i < tables; i += 500) {
          Dataset dataset = Orders.dataset("shop.public.t" + i);
          List<Partition> partitions = List.of(reading.partitions(dataset).next());
          try (RecordReader reader = reading.open(dataset, partitions.get(0))) {
            RecordBatch batch = (RecordBatch) reader.next();
            assertThat(batch.rows().getVector("id").getObject(0)).isEqualTo((long) i);
          }
        }
      }
      assertThat(bench.check(vault, false).damages()).isEmpty();
    }
  }

  @Test
  void aDatasetIsFoundByItsPartsAndNotByItsText() {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder))) {
      Manifest manifest;
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, "shop.a.b", 1, 1);
        bench.write(writer, "shop.\"a.b\"", 1, 2);
        bench.write(writer, "\"shop.a\".b", 1, 3);
        manifest = Bench.seal(writer);
      }
      assertThat(bench.read(vault, manifest)).hasSize(2 * (1 + 2 + 3));
    }
  }
}
