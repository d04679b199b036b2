package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.key.KeyRing;
import dev.godwit.vault.repair.VaultRepair;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole prune comes ahead of each operation of what takes no lock: nothing seems damaged. */
class AnyMomentTest {
  private static final String ORDERS = "shop.public.orders";
  private static final int BATCHES = 6;
  private static final int ROWS = 40;
  private static final VolumeLimits LIMITS = new VolumeLimits(6 << 10, 100);

  private final Bench bench = new Bench(1);
  private Storage files;
  private Optional<SealedVault> sealed = Optional.empty();

  @AfterEach
  void close() {
    bench.close();
  }

  private void make(boolean encrypted) {
    files = new MemoryStorage();
    if (encrypted) {
      sealed =
          Optional.of(
              new SealedVault(files, keys -> Vault.create(files, LIMITS, Optional.of(keys))));
    } else {
      Vault.create(files, LIMITS).close();
    }
    try (Vault vault = open(files)) {
      backUp(vault, 0, 2, BATCHES);
      vault
          .pins()
          .pin(backUp(vault, 0, 1, 1).id()); // little of its volumes is needed without the first
      backUp(vault, 100_000, 2, BATCHES);
    }
  }

  private Vault open(Storage storage) {
    return Vault.open(
        storage, sealed.map(vault -> KeyRing.of(vault.identity)).orElseGet(KeyRing::empty));
  }

  private Manifest backUp(Vault vault, long from, int partitions, int batches) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, from, partitions, batches, ROWS);
      return Bench.seal(writer);
    }
  }

  /** Looks at a vault. */
  private interface Look {
    void at(Vault vault);
  }

  /** Looks at a new vault again and again, each time with a prune one operation later. */
  private void atAnyMoment(boolean encrypted, Look look) {
    List<String> wrong = new ArrayList<>();
    int[] done = {0};
    for (int moment = 0; moment <= done[0]; moment++) {
      make(encrypted);
      int of = moment;
      done[0] = 0;
      Storage meddled =
          MeddlingStorage.of(
              files,
              (operation, path) -> {
                if (done[0]++ == of) {
                  try (Vault vault = open(files)) {
                    PruneBench.prune(vault, bench, 1);
                  }
                }
              });
      try (Vault vault = open(meddled)) {
        look.at(vault);
      } catch (RuntimeException | AssertionError e) {
        wrong.add("after " + of + " operations: " + e);
      }
    }
    assertThat(done[0]).as("operations").isPositive();
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCheckFindsNoDamage(boolean encrypted) {
    atAnyMoment(encrypted, vault -> assertThat(bench.check(vault, true).damages()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCopyIsPlannedOfWhatIsThere(boolean encrypted) {
    CopyChoice all = new CopyChoice(List.of(), Optional.empty(), Optional.empty());
    atAnyMoment(
        encrypted,
        vault -> {
          try (Vault other = Vault.create(new MemoryStorage())) {
            assertThat(vault.planCopy(other, all, bench.warnings::add))
                .hasOnlyElementsOfType(CopyStep.ToCopy.class);
            assertThat(other.planCopy(vault, all, bench.warnings::add)).isEmpty();
            assertThat(bench.warnings).isEmpty();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDryRepairFindsNothingToDo(boolean encrypted) {
    atAnyMoment(
        encrypted,
        vault -> {
          try (VaultRepair repair = vault.repair(true, true, bench.context, read -> {})) {
            assertThat(repair.plan().isNeeded()).isFalse();
          }
        });
  }
}
