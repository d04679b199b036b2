package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.FolderCopy;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.testing.StoppingStorage;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A prune that is stopped before each of its operations on the storage: every snapshot that is left
 * can be restored, a backup may come next, and the next prune ends the work.
 */
class PruneKilledTest {
  private static final String ORDERS = "shop.public.orders";

  @TempDir Path folder;
  private final Bench bench = new Bench(1);

  @AfterEach
  void close() {
    bench.close();
  }

  private Manifest backUp(Vault vault, long from, int partitions, int batches) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, from, partitions, batches, 200);
      return Bench.seal(writer);
    }
  }

  /** Makes the vault that is pruned. */
  Vault create(Storage storage, VolumeLimits limits) {
    return Vault.create(storage, limits);
  }

  /** Opens it for the prune that is killed. */
  Vault openToPrune(Storage storage) {
    return Vault.open(storage);
  }

  /** Opens it for all else. */
  Vault open(Storage storage) {
    return Vault.open(storage);
  }

  /** One to drop, with lists and volumes of its own and others that are shared a little. */
  private Manifest make(Path place) {
    try (Vault vault = create(new LocalFolder(place), new VolumeLimits(12 << 10, 100))) {
      backUp(vault, 0, 3, 6);
      backUp(vault, 50_000, 1, 6);
      return backUp(vault, 2 * 6 * 200, 1, 2);
    }
  }

  @Test
  void everySnapshotThatIsLeftIsWhole() throws IOException {
    Path model = folder.resolve("model");
    Manifest last = make(model);
    long begun = 0;
    boolean ended = false;
    for (long after = 0; !ended; after++) {
      Path place = folder.resolve("vault-" + after);
      FolderCopy.copy(model, place);
      StoppingStorage storage = new StoppingStorage(new LocalFolder(place), after);
      ended = !stops(storage, last);
      begun++;
      if (ended) {
        assertThat(PruneBench.files(place, "moved")).as("it rewrites").isNotEmpty();
      }
      die(place);
      try (Vault vault = open(new LocalFolder(place))) {
        requireWhole(vault, last);
        Manifest next = backUp(vault, 6 * 200, 1, 5); // of the snapshot that goes
        requireWhole(vault, last);
        PruneBench.prune(vault, bench, 2);
        assertThat(vault.snapshots()).containsExactly(last, next);
        requireWhole(vault, last);
        requireClean(vault, place);
      }
      FolderCopy.delete(place);
    }
    assertThat(begun).as("moments at which it was stopped").isGreaterThan(90);
  }

  /** Its lock becomes that of a process that is gone. */
  private static void die(Path place) throws IOException {
    for (String lock : PruneBench.files(place, "locks")) {
      Path file = place.resolve(lock);
      Files.writeString(file, Files.readString(file).replace("\"start\" : \"", "\"start\" : \"0"));
    }
  }

  private boolean stops(StoppingStorage storage, Manifest last) {
    try (Vault vault = openToPrune(storage)) {
      PruneReport report = PruneBench.prune(vault, bench, 1);
      assertThat(report.snapshots()).last().matches(fate -> fate.snapshot().id().equals(last.id()));
    } catch (GodwitException | UncheckedIOException e) {
      assertThat(storage.stopped()).as("%s", e).isTrue();
    }
    return storage.stopped();
  }

  private void requireWhole(Vault vault, Manifest last) {
    List<Manifest> left = vault.snapshots();
    assertThat(left).contains(last);
    for (Manifest manifest : left) {
      assertThat(bench.read(vault, manifest)).hasSize((int) manifest.totals().rows());
    }
    assertThat(bench.check(vault, true).damages()).isEmpty();
  }

  private void requireClean(Vault vault, Path place) {
    assertThat(PruneBench.files(place, "marks")).isEmpty();
    assertThat(PruneBench.files(place, "locks")).isEmpty();
    assertThat(PruneBench.files(place, "work")).isEmpty();
    assertThat(bench.check(vault, true).remarks()).isEmpty();
    List<String> before = PruneBench.files(place, "");
    PruneReport again = PruneBench.prune(vault, bench, 2);
    assertThat(again.removed().files()).as("nothing is left for the next").isZero();
    assertThat(PruneBench.files(place, "")).isEqualTo(before);
  }
}
