package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the storage goes wrong, and is set right, between backups and during one. */
class ClockSetBackTest {
  @TempDir Path folder;
  private Duration wrong = Duration.ZERO;

  private Storage storage() {
    LocalFolder real = new LocalFolder(folder);
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                return result instanceof Instant now ? now.plus(wrong) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void theOrderIsThatOfTheBackupsAndNothingIsLost() {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage())) {
      List<Manifest> made = new ArrayList<>();
      for (Duration next :
          List.of(
              Duration.ofDays(2),
              Duration.ZERO,
              Duration.ofDays(-400),
              Duration.ofDays(3),
              Duration.ZERO)) {
        wrong = next;
        made.add(bench.backUp(vault, "shop.public.orders", 2, 100 + made.size()));

        assertThat(vault.snapshots()).containsExactlyElementsOf(made);
        assertThat(vault.find(SnapshotChoice.LATEST)).isEqualTo(made.get(made.size() - 1));
        assertThat(made).allSatisfy(m -> assertThat(m.started()).isBeforeOrEqualTo(m.finished()));
      }
      assertThat(made).extracting(Manifest::id).doesNotHaveDuplicates();
      for (int i = 0; i < made.size(); i++) {
        assertThat(bench.read(vault, made.get(i))).hasSize(2 * 2 * (100 + i));
      }
      assertThat(bench.check(vault, true).damages()).isEmpty();
      assertThat(bench.warnings).isEmpty();
    }
  }

  @Test
  void aClockThatIsSetBackDuringABackupHurtsNothing() {
    try (Bench bench = new Bench();
        Vault vault = Vault.create(storage())) {
      Manifest before = bench.backUp(vault, "shop.public.orders", 2, 100);
      wrong = Duration.ofDays(5);
      Manifest during;
      try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
        bench.write(writer, "shop.public.orders", 2, 200);
        wrong = Duration.ofDays(-5);
        try (SnapshotWriter other = vault.write(Bench.draft("shop"), bench.context)) {
          assertThat(other).as("it leaves alone what the first one writes").isNotNull();
        }
        during = Bench.seal(writer);
      }
      assertThat(vault.snapshots()).containsExactly(before, during);
      assertThat(during.started()).isBeforeOrEqualTo(during.finished());
      assertThat(bench.read(vault, during)).hasSize(800);
      assertThat(bench.check(vault, true).damages()).isEmpty();
    }
  }
}
