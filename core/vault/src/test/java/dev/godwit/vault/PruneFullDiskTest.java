package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.lock.WriterLock;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room: what is dead goes all the same, and makes room for the rest. */
class PruneFullDiskTest {
  private static final String ORDERS = "shop.public.orders";
  private static final Set<String> WRITES = Set.of("create", "createIfAbsent", "replace");

  @TempDir Path folder;
  private final Bench bench = new Bench();
  private Manifest last;

  @BeforeEach
  void make() {
    try (Vault vault = Vault.create(new LocalFolder(folder), new VolumeLimits(12 << 10, 100))) {
      bench.backUp(vault, ORDERS, 5, 900);
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

  /** Refuses writes while the disk is full. */
  private Storage refusing(BooleanSupplier full) {
    Storage below = new LocalFolder(folder);
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              if (WRITES.contains(method.getName()) && full.getAsBoolean()) {
                throw new IOException("No space left on device");
              }
              try {
                return method.invoke(below, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void requireWhole() {
    try (Vault vault = Vault.open(new LocalFolder(folder))) {
      assertThat(vault.snapshots()).containsExactly(last);
      assertThat(bench.read(vault, last)).hasSize(900);
      assertThat(bench.check(vault, true).damages()).isEmpty();
    }
  }

  @Test
  void whatIsDeadGoesWhereNothingCanBeWritten() {
    int volumes = PruneBench.files(folder, "volumes").size();
    try (Vault vault = Vault.open(refusing(() -> true))) {
      PruneReport report = PruneBench.prune(vault, bench, 1);
      assertThat(report.removed().bytes()).isPositive();
      assertThat(report.rewritten().files()).isZero();
    }
    assertThat(PruneBench.files(folder, "volumes")).hasSizeLessThan(volumes / 2);
    requireWhole();
  }

  @Test
  void onceThereIsRoomAllIsDone() {
    int volumes = PruneBench.files(folder, "volumes").size();
    BooleanSupplier full = () -> PruneBench.files(folder, "volumes").size() > volumes - 2;
    try (Vault vault = Vault.open(refusing(full))) {
      PruneReport report = PruneBench.prune(vault, bench, 1);
      assertThat(report.rewritten().files()).isPositive();
    }
    requireWhole();
    assertThat(PruneBench.files(folder, "locks")).isEmpty();
    assertThat(PruneBench.files(folder, "marks")).isEmpty();
  }

  @Test
  void nothingGoesUnmarkedWhileABackupIsAtWork() {
    int volumes = PruneBench.files(folder, "volumes").size();
    try (WriterLock lock = WriterLock.take(new LocalFolder(folder), "backup", bench.warnings::add);
        Vault vault = Vault.open(refusing(() -> true))) {
      assertThat(lock.isHeld()).isTrue();
      assertThatThrownBy(() -> PruneBench.prune(vault, bench, 1))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("No space left");
    }
    assertThat(PruneBench.files(folder, "volumes")).hasSize(volumes);
    requireWhole();
  }
}
