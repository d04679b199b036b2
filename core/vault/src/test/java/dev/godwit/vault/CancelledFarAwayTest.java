package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.repair.VaultRepair;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.Copying;
import dev.godwit.vault.testing.FarStorage;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.PruneBench;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever interrupts a run on a far vault waits for the answer of each request that still comes: at
 * whatever request a run is cancelled, few come after it, its lock is given back, and every earlier
 * snapshot is there.
 */
class CancelledFarAwayTest {
  private static final int SNAPSHOTS = 3;

  /** With half a second for each they are all answered before the run is ended by force. */
  private static final int MOST_AFTER = 8;

  private static final CopyChoice ALL =
      new CopyChoice(List.of(), Optional.empty(), Optional.empty());

  private static final Set<String> REQUESTS =
      Set.of("read", "stat", "list", "create", "createIfAbsent", "replace", "delete", "now");

  private enum Operation {
    BACKUP,
    PRUNE,
    CHECK,
    REPAIR,
    COPY
  }

  private static void run(Operation operation, Vault vault, Bench bench) {
    switch (operation) {
      case BACKUP -> {
        try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
          bench.writeFrom(writer, "shop.public.orders", 90_000, 1, 1, 10);
          assertThat(Bench.seal(writer).complete()).isTrue();
        }
      }
      case PRUNE ->
          assertThat(PruneBench.prune(vault, bench, SNAPSHOTS).snapshots()).hasSize(SNAPSHOTS);
      case CHECK -> assertThat(bench.check(vault, false).damages()).isEmpty();
      case REPAIR -> {
        try (VaultRepair repair = vault.repair(false, false, bench.context, read -> {})) {
          assertThat(repair.rebuildIndex().segments()).isEmpty();
          assertThat(repair.plan().isNeeded()).isFalse();
        }
      }
      case COPY -> {
        try (Vault from = Vault.create(new MemoryStorage())) {
          for (int i = 0; i < SNAPSHOTS; i++) {
            bench.backUp(from, "shop.public.copied" + i, 1, 10);
          }
          assertThat(Copying.of(bench, from, vault, ALL)).hasSize(SNAPSHOTS);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void littleIsAskedForOnceARunIsCancelled(Operation operation) throws Exception {
    boolean done = false;
    for (int at = 1; !done; at++) {
      done = endsAfter(operation, at);
    }
  }

  /** Whether the run was done before the request of a number. */
  private static boolean endsAfter(Operation operation, int at) throws Exception {
    MemoryStorage storage = new MemoryStorage();
    List<String> after = new CopyOnWriteArrayList<>();
    AtomicInteger asked = new AtomicInteger();
    try (Bench bench = new Bench(1);
        Bench filling = new Bench(1)) {
      try (Vault vault = Vault.create(storage)) {
        for (int i = 0; i < SNAPSHOTS; i++) {
          filling.backUp(vault, "shop.public.orders" + i, 1, 10);
        }
      }
      Storage meddled =
          MeddlingStorage.of(
              storage,
              (name, path) -> {
                if (REQUESTS.contains(name)) {
                  if (bench.cancellation.isCancelled()) {
                    after.add(name + ' ' + path);
                  } else if (asked.incrementAndGet() == at) {
                    bench.cancellation.cancel(ExitCode.INTERRUPTED);
                  }
                }
              });
      try (Vault far = Vault.open(new FarStorage(meddled, Duration.ZERO))) {
        run(operation, far, bench);
      } catch (CancelledException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
      }
      assertThat(after).as("at request %d", at).hasSizeLessThanOrEqualTo(MOST_AFTER);
      try (Stream<Storage.StoredFile> locks = storage.list("locks")) {
        assertThat(locks).isEmpty();
      }
      try (Vault vault = Vault.open(storage)) {
        assertThat(vault.snapshots()).hasSizeGreaterThanOrEqualTo(SNAPSHOTS);
        assertThat(filling.check(vault, true).damages()).isEmpty();
      }
      return !bench.cancellation.isCancelled();
    }
  }
}
