package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.RetainedException;
import dev.godwit.vault.PruneReport.Retained;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may not be removed is said; it is no failure, and nothing that it needs goes. */
class PruneRetainedTest {
  private static final String ORDERS = "shop.public.orders";
  private static final Instant UNTIL = Instant.parse("2031-01-02T03:04:05Z");

  @TempDir Path folder;
  private final Bench bench = new Bench();
  private Manifest old;
  private Manifest last;

  @BeforeEach
  void make() {
    try (Vault vault = Vault.create(new LocalFolder(folder), new VolumeLimits(8 << 10, 100))) {
      old = bench.backUp(vault, ORDERS, 5, 900);
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.writeFrom(writer, ORDERS, 4 * 2 * 900, 1, 1, 900);
        last = Bench.seal(writer);
      }
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private PruneReport prune(String retained) {
    var storage =
        MeddlingStorage.of(
            new LocalFolder(folder),
            (operation, path) -> {
              if (operation.equals("delete") && path.startsWith(retained)) {
                throw new RetainedException(path, Optional.of(UNTIL), null);
              }
            });
    try (Vault vault = Vault.open(storage)) {
      PruneReport report = PruneBench.prune(vault, bench, 1);
      assertThat(bench.check(vault, true).damages()).isEmpty();
      for (Manifest manifest : vault.snapshots()) {
        assertThat(bench.read(vault, manifest)).hasSize((int) manifest.totals().rows());
      }
      return report;
    }
  }

  private List<Manifest> left() {
    try (Vault vault = Vault.open(new LocalFolder(folder))) {
      return vault.snapshots();
    }
  }

  @Test
  void aManifestThatIsHeldHoldsAllThatItNeeds() {
    int volumes = PruneBench.files(folder, "volumes").size();
    PruneReport report = prune("snapshots/");
    assertThat(report.snapshots().get(0).kept()).isTrue();
    assertThat(report.snapshots().get(0).reasons()).last().asString().contains("not be removed");
    assertThat(report.retained())
        .singleElement()
        .matches(
            held -> held.kind().equals("snapshots") && held.until().equals(Optional.of(UNTIL)));
    assertThat(report.removed().files()).isZero();
    assertThat(PruneBench.files(folder, "volumes")).hasSize(volumes);
    assertThat(left()).containsExactly(old, last);
  }

  @Test
  void volumesThatAreHeldAreToldAndNotRewritten() {
    int volumes = PruneBench.files(folder, "volumes").size();
    PruneReport report = prune("volumes/");
    assertThat(left()).containsExactly(last);
    assertThat(report.retained()).extracting(Retained::kind).containsExactly("volumes");
    assertThat(report.retained().get(0).files()).isGreaterThan(2);
    assertThat(report.rewritten().files()).isZero();
    assertThat(PruneBench.files(folder, "volumes")).hasSize(volumes);
    assertThat(PruneBench.files(folder, "marks")).isEmpty();
    PruneReport later = prune("nothing");
    assertThat(later.retained()).isEmpty();
    assertThat(later.removed().files()).isGreaterThan(2);
  }
}
