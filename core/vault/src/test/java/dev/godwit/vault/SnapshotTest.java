package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  @TempDir Path folder;

  @Test
  void rowsComeBackAsTheyWere() {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder.resolve("vault")))) {
      Manifest manifest = bench.backUp(vault, "shop.public.orders", 6, 10);

      List<String> rows = bench.read(vault, manifest);

      assertThat(rows).hasSize(120).startsWith("0|null|", "1|note 1|").endsWith("119|note 119|");
      assertThat(manifest.totals().rows()).isEqualTo(120);
      assertThat(manifest.totals().blocks()).isEqualTo(12);
      assertThat(vault.find(SnapshotChoice.LATEST)).isEqualTo(manifest);
      assertThat(bench.warnings).isEmpty();
    }
  }

  @Test
  void theSameAgainAddsNoBlock() {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(new LocalFolder(folder.resolve("vault")))) {
      Manifest first = bench.backUp(vault, "shop.public.orders", 6, 1000);
      Manifest second = bench.backUp(vault, "shop.public.orders", 6, 1000);

      assertThat(first.totals().newBytes()).isPositive();
      assertThat(second.totals().newBytes()).isZero();
      assertThat(second.contents()).isEqualTo(first.contents());
      assertThat(second.id()).isNotEqualTo(first.id());
      assertThat(bench.read(vault, second)).isEqualTo(bench.read(vault, first));
    }
  }
}
