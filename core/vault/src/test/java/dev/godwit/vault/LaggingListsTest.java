package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.Lagging;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A storage whose lists do not show yet what was just written. */
class LaggingListsTest {
  private static final String ORDERS = "shop.public.orders";
  private static final int BATCHES = 6;
  private static final int ROWS = 200;

  private final Storage storage = new MemoryStorage();
  private final Bench bench = new Bench(1);

  @BeforeEach
  void create() {
    Vault.create(storage, new VolumeLimits(8 << 10, 100)).close();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Manifest backUp(Storage seen, long from) {
    try (Vault vault = Vault.open(seen);
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, from, 3, BATCHES, ROWS);
      return Bench.seal(writer);
    }
  }

  private PruneReport prune(Storage seen, int last) {
    try (Vault vault = Vault.open(seen)) {
      return PruneBench.prune(vault, bench, last);
    }
  }

  private void requireWhole(Manifest... manifests) {
    try (Vault vault = Vault.open(storage)) {
      for (Manifest manifest : manifests) {
        assertThat(vault.snapshots()).contains(manifest);
        assertThat(bench.read(vault, manifest)).hasSize(3 * BATCHES * ROWS);
      }
      assertThat(bench.check(vault, true).damages()).isEmpty();
    }
  }

  private static Predicate<String> below(String... folders) {
    return path -> {
      for (String folder : folders) {
        if (path.startsWith(folder + '/')) {
          return true;
        }
      }
      return false;
    };
  }

  @Test
  void aSecondBackupStoresAgainWhatItDoesNotSee() throws Exception {
    Storage late = Lagging.of(storage, path -> true);
    Manifest first = backUp(late, 0);
    Manifest second = backUp(late, 0);
    requireWhole(first, second);
    Manifest third = backUp(storage, 0);
    assertThat(third.totals().newBytes()).isZero();
  }

  @Test
  void aPruneThatSeesNothingOfABackupLeavesItsFiles() throws Exception {
    backUp(storage, 0);
    Manifest old = backUp(storage, 100_000);
    Storage late = Lagging.of(storage, path -> true);
    Manifest made = backUp(storage, 200_000);
    prune(late, 1);
    requireWhole(old, made);
  }

  @Test
  void aBackupWhoseLockIsNotSeenFindsOutWhatWasRemoved() throws Exception {
    backUp(storage, 0);
    Manifest old = backUp(storage, 100_000);
    Storage late = Lagging.of(storage, below("locks"));
    Storage lateMarks = Lagging.of(storage, below("marks"));
    try (Vault vault = Vault.open(lateMarks);
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 0, 3, BATCHES, ROWS);
      prune(late, 1);
      assertThatThrownBy(() -> Bench.seal(writer))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("vanished during the backup");
    }
    requireWhole(old);
  }

  @Test
  void aPruneLeavesWhatABackupReusedThatDidNotSeeItsMark() throws Exception {
    backUp(storage, 0);
    backUp(storage, 100_000);
    Storage lateMarks = Lagging.of(storage, below("marks"));
    Manifest made;
    try (Vault other = Vault.open(storage);
        SnapshotWriter beside = other.write(Bench.draft("other"), bench.context)) {
      assertThat(beside).isNotNull();
      prune(storage, 1); // waits for the other one, and leaves its mark
      made = backUp(lateMarks, 0);
      assertThat(made.totals().newBytes()).isZero();
    }
    prune(storage, 1);
    requireWhole(made);
  }
}
