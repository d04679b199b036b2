package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the vault has is not stored again, and what it lost is. */
class ReuseTest {
  private static final VolumeLimits SMALL = new VolumeLimits(16 << 10, 100);

  @TempDir Path folder;

  private List<Path> files(String below) throws IOException {
    Path from = folder.resolve(below);
    if (!Files.exists(from)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(from)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Storage storage() {
    return new LocalFolder(folder);
  }

  @Test
  void aWriterThatWasNotCompletedLeavesItsBlocksAndNoSnapshot() throws IOException {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage(), SMALL)) {
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, "shop.public.orders", 8, 1000);
      }
      int left = files("volumes").size();
      assertThat(left).isGreaterThan(1);
      assertThat(vault.snapshots()).isEmpty();
      assertThat(files("work")).isEmpty();
      assertThat(files("locks")).isEmpty();

      Manifest again = bench.backUp(vault, "shop.public.orders", 8, 1000);

      assertThat(again.totals().newBytes()).isZero();
      assertThat(files("volumes")).hasSize(left);
      assertThat(bench.check(vault, true).damages()).isEmpty();
      assertThat(bench.read(vault, again)).hasSize(16_000);
    }
  }

  @Test
  void aBlockIsStoredOnceInOneRun() {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage())) {
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, "shop.public.orders", 4, 1000);
        bench.write(writer, "shop.public.copies", 4, 1000);
        Manifest manifest = Bench.seal(writer);
        assertThat(manifest.totals().blocks()).isEqualTo(16);
      }
      assertThat(bench.check(vault, false).blocks()).isEqualTo(8);
    }
  }

  @Test
  void aLostIndexIsMadeAnew() throws IOException {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage(), SMALL)) {
      bench.backUp(vault, "shop.public.orders", 8, 1000);
      for (Path file : files("index")) {
        Files.delete(file);
      }
      assertThat(bench.check(vault, true).remarks()).anyMatch(r -> r.contains("not in the index"));
      Manifest again = bench.backUp(vault, "shop.public.orders", 8, 1000);
      assertThat(again.totals().newBytes()).isZero();
      assertThat(bench.check(vault, true).remarks()).isEmpty();
    }
  }

  @Test
  void aBentIndexIsNotBelieved() throws IOException {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage(), SMALL)) {
      bench.backUp(vault, "shop.public.orders", 8, 1000);
      Path segment = files("index").get(0);
      byte[] bytes = Files.readAllBytes(segment);
      bytes[60] ^= 4; // an offset of the first record
      Files.write(segment, bytes);

      Manifest again = bench.backUp(vault, "shop.public.orders", 8, 1000);

      assertThat(again.totals().newBytes()).isZero();
      assertThat(bench.warnings).anyMatch(w -> w.contains("rebuilt from the volumes"));
      assertThat(bench.check(vault, true).damages()).isEmpty();
    }
  }

  @Test
  void blocksOfAVolumeThatVanishedAreStoredAgain() throws IOException {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage(), SMALL)) {
      bench.backUp(vault, "shop.public.orders", 8, 1000);
      Files.delete(files("volumes").get(0));

      Manifest again = bench.backUp(vault, "shop.public.orders", 8, 1000);

      assertThat(again.totals().newBytes()).isPositive();
      assertThat(bench.read(vault, again)).hasSize(16_000);
    }
  }

  @Test
  void aVolumeThatWasCutShortIsNotReused() throws IOException {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage(), SMALL)) {
      bench.backUp(vault, "shop.public.orders", 8, 1000);
      for (Path volume : files("volumes")) {
        Files.write(volume, Arrays.copyOf(Files.readAllBytes(volume), 100));
      }

      Manifest again = bench.backUp(vault, "shop.public.orders", 8, 1000);

      assertThat(again.totals().newBytes()).isPositive();
      assertThat(bench.read(vault, again)).hasSize(16_000);
    }
  }

  @Test
  void twoWritersAtOnceDoNotHinderEachOther() {
    try (Bench bench = new Bench();
        Vault one = Vault.create(storage(), SMALL);
        Vault other = Vault.open(storage());
        SnapshotWriter first = one.write(Bench.draft("shop"), bench.context);
        SnapshotWriter second = other.write(Bench.draft("store"), bench.context)) {
      bench.write(first, "shop.public.orders", 3, 1000);
      bench.write(second, "shop.public.orders", 5, 1000);
      Manifest a = Bench.seal(first);
      Manifest b = Bench.seal(second);
      assertThat(bench.read(one, a)).hasSize(6000);
      assertThat(bench.read(one, b)).hasSize(10_000);
      assertThat(bench.check(one, true).damages()).isEmpty();
    }
  }

  @Test
  void manyBackupsLeaveFewSegments() throws IOException {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage())) {
      for (int i = 0; i < 12; i++) {
        bench.backUp(vault, "shop.public.orders", 1, 10 + i);
      }
      assertThat(files("index")).hasSizeLessThan(6);
      assertThat(bench.check(vault, true).damages()).isEmpty();
      assertThat(bench.check(vault, true).remarks()).isEmpty();
      assertThat(bench.backUp(vault, "shop.public.orders", 1, 10).totals().newBytes()).isZero();
    }
  }
}
