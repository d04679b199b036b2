package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a check cannot hold against the ids of blocks is counted, and said. */
class UnprovenBlocksTest {
  private static final String ORDERS = "shop.public.orders";

  private final Bench bench = new Bench();
  private final MemoryStorage storage = new MemoryStorage();
  private final SealedVault sealed =
      new SealedVault(
          storage,
          keys -> Vault.create(storage, new VolumeLimits(16 << 10, 100), Optional.of(keys)));

  @AfterEach
  void close() {
    bench.close();
  }

  private void backUp(String source, boolean ends) {
    try (Vault vault = sealed.writer();
        SnapshotWriter writer = vault.write(Bench.draft(source), bench.context)) {
      bench.write(writer, ORDERS, 4, 500);
      if (ends) {
        Bench.seal(writer);
      } else {
        assertThat(writer.lost()).isEmpty(); // all volumes are in their places
      }
    }
  }

  private CheckReport check() {
    try (Vault vault = sealed.reader()) {
      return bench.check(vault, true);
    }
  }

  @Test
  void blocksOfASourceThatNoSnapshotNamesAreCounted() {
    backUp("shop", true);
    assertThat(check().blocksUnproven()).isZero();
    backUp("store", false);

    CheckReport report = check();
    assertThat(report.damages()).isEmpty();
    assertThat(report.blocksUnproven()).isEqualTo(4 * 2);
    assertThat(report.remarks())
        .anyMatch(r -> r.startsWith("8 blocks in ") && r.contains("snapshots use none"));

    backUp("store", true);
    assertThat(check().blocksUnproven()).as("a snapshot names it").isZero();
  }

  @Test
  void blocksOfAWriterWhoseKeyIsGoneAreCounted() throws IOException {
    backUp("shop", true);
    for (String path : sealed.paths("keys/writers")) {
      storage.delete(path);
    }
    CheckReport report = check();
    assertThat(report.blocksUnproven()).isEqualTo(4 * 2);
    assertThat(report.remarks()).noneMatch(r -> r.contains("snapshots use none"));
  }
}
