package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun.Lost;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.Orders;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that a writer relies on vanish while it writes. */
class VanishedVolumesTest {
  private static final String ORDERS = "shop.public.orders";

  @TempDir Path folder;
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Vault create() {
    return Vault.create(new LocalFolder(folder), new VolumeLimits(16 << 10, 100));
  }

  private List<Path> volumes() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("volumes"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Does what a transfer does; how many partitions were lost. */
  private int writeLostAgain(SnapshotWriter writer, int batches, int rows) {
    try (Stream<Lost> lost = writer.lost()) {
      List<Lost> all = lost.toList();
      for (Lost each : all) {
        assertThat(each.dataset()).isEqualTo(Orders.dataset(ORDERS));
        int at = each.partition().ordinal();
        try (RecordWriter out = writer.open(each.dataset(), each.partition())) {
          for (int b = 0; b < batches; b++) {
            bench.writeOrders(out, ((long) at * batches + b) * rows, rows);
          }
          out.commit();
        }
      }
      return all.size();
    }
  }

  @Test
  void whatWasInAReusedVolumeIsStoredAgain() throws IOException {
    try (Vault vault = create()) {
      bench.backUp(vault, ORDERS, 8, 1000);
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, ORDERS, 8, 1000);
        Files.delete(volumes().get(0));

        assertThat(writeLostAgain(writer, 2, 1000)).isBetween(1, 7);
        assertThat(writeLostAgain(writer, 2, 1000)).isZero();
        Manifest sealed = Bench.seal(writer);

        assertThat(sealed.totals().rows()).isEqualTo(16_000);
        assertThat(sealed.totals().blocks()).isEqualTo(16);
        assertThat(sealed.totals().newBytes()).isPositive();
        assertThat(bench.read(vault, sealed)).hasSize(16_000).doesNotHaveDuplicates();
      }
      assertThat(bench.warnings).singleElement().asString().contains("stored again");
      assertThat(bench.check(vault, true).damages())
          .allSatisfy(damage -> assertThat(damage.toString()).contains(oldest(vault)));
    }
  }

  private static String oldest(Vault vault) {
    return vault.snapshots().get(0).id();
  }

  @Test
  void aPartitionOfManyBlocksIsFoundByItsList() throws IOException {
    try (Vault vault = create()) {
      for (int round = 0; round < 2; round++) {
        try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
          bench.write(writer, ORDERS, 2, 12, 300);
          if (round == 1) {
            Files.delete(volumes().get(volumes().size() - 1));
          }
          assertThat(writeLostAgain(writer, 12, 300) > 0).isEqualTo(round == 1);
          assertThat(bench.read(vault, Bench.seal(writer))).hasSize(2 * 12 * 300);
        }
      }
    }
  }

  /** What a prune did that took the run for dead; its source reads otherwise the second time. */
  @Test
  void whatIsReadAnewForItsListMayBeNew() throws IOException {
    try (Vault vault = create();
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, ORDERS, 1, 12, 300);
      for (String lost : List.of("locks", "lists")) {
        for (String file : PruneBench.files(folder, lost)) {
          Files.delete(folder.resolve(file));
        }
      }
      try (Stream<Lost> lost = writer.lost()) {
        Lost only = lost.toList().get(0);
        try (RecordWriter out = writer.open(only.dataset(), only.partition())) {
          bench.writeOrders(out, 500_000, 300);
          out.commit();
        }
      }
      assertThat(writer.lost()).isEmpty();
      assertThat(bench.read(vault, Bench.seal(writer))).hasSize(300);
    }
  }

  @Test
  void aVolumeOfTheRunItselfIsStoredAgain() throws IOException {
    try (Vault vault = create();
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, ORDERS, 8, 1000);
      assertThat(writer.lost()).isEmpty();
      List<Path> written = volumes();
      for (Path volume : written) {
        Files.delete(volume);
      }

      assertThat(writeLostAgain(writer, 2, 1000)).isEqualTo(8);
      assertThat(writeLostAgain(writer, 2, 1000)).isZero();
      assertThat(bench.read(vault, Bench.seal(writer))).hasSize(16_000);
      assertThat(bench.check(vault, true).damages()).isEmpty();
      assertThat(volumes()).hasSameSizeAs(written).doesNotContainAnyElementsOf(written);
    }
  }

  @Test
  void whoeverDeletesForEverEndsTheRunWithTheVolumesName() throws IOException {
    try (Vault vault = create();
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, ORDERS, 1, 1000);
      for (int round = 0; round < 3; round++) {
        assertThat(writer.lost()).as("sealed, if there are new ones").isNotNull();
        deleteAll();
        assertThat(writeLostAgain(writer, 2, 1000)).isEqualTo(1);
      }
      assertThat(writer.lost()).isNotNull();
      deleteAll();
      assertThatThrownBy(writer::lost)
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("volumes/")
          .hasMessageContaining("vanished during the backup");
    }
  }

  @Test
  void whatVanishesInTheLastMomentEndsTheRunWithItsName() throws IOException {
    try (Vault vault = create()) {
      bench.backUp(vault, ORDERS, 8, 1000);
      Path lost = volumes().get(0);
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, ORDERS, 8, 1000);
        assertThat(writer.lost()).isEmpty();
        Files.delete(lost);
        assertThatThrownBy(() -> Bench.seal(writer))
            .isInstanceOf(GodwitException.class)
            .hasMessageContaining(lost.getFileName().toString());
      }
      assertThat(vault.snapshots()).hasSize(1);
      Manifest again = bench.backUp(vault, ORDERS, 8, 1000);
      assertThat(bench.read(vault, again)).hasSize(16_000);
    }
  }

  private void deleteAll() throws IOException {
    for (Path volume : volumes()) {
      Files.delete(volume);
    }
  }
}
