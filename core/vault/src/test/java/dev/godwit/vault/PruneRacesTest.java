package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun.Lost;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prune and backups at once. */
class PruneRacesTest {
  private static final String ORDERS = "shop.public.orders";
  private static final int BATCHES = 6;
  private static final int ROWS = 200;

  @TempDir Path folder;
  private final Bench bench = new Bench();
  private Vault vault;
  private Manifest old;

  @BeforeEach
  void make() {
    vault = create(new LocalFolder(folder), new VolumeLimits(8 << 10, 100));
    old = backUp(0);
    backUp(100_000);
  }

  @AfterEach
  void close() {
    vault.close();
    bench.close();
  }

  /** Makes the vault. */
  Vault create(Storage storage, VolumeLimits limits) {
    return Vault.create(storage, limits);
  }

  /** Opens it again. */
  Vault open(Storage storage) {
    return Vault.open(storage);
  }

  private Manifest backUp(long from) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      write(writer, from);
      return Bench.seal(writer);
    }
  }

  private void write(SnapshotWriter writer, long from) {
    bench.writeFrom(writer, ORDERS, from, 3, BATCHES, ROWS);
  }

  /** Does what a transfer does with what was lost. */
  private int writeLostAgain(SnapshotWriter writer, long from) {
    int partitions = 0;
    for (List<Lost> round = lost(writer); !round.isEmpty(); round = lost(writer)) {
      for (Lost each : round) {
        int at = each.partition().ordinal();
        try (RecordWriter out = writer.open(each.dataset(), each.partition())) {
          for (int b = 0; b < BATCHES; b++) {
            bench.writeOrders(out, from + ((long) at * BATCHES + b) * ROWS, ROWS);
          }
          out.commit();
        }
        partitions++;
      }
    }
    return partitions;
  }

  private static void end(SnapshotWriter writer) {
    writer.close();
  }

  private static List<Lost> lost(SnapshotWriter writer) {
    try (Stream<Lost> lost = writer.lost()) {
      return lost.toList();
    }
  }

  private void requireWhole(Manifest manifest) {
    assertThat(bench.read(vault, manifest)).hasSize(3 * BATCHES * ROWS).doesNotHaveDuplicates();
    assertThat(bench.check(vault, true).damages()).isEmpty();
  }

  private void deleteLocks() throws IOException {
    for (String lock : PruneBench.files(folder, "locks")) {
      Files.delete(folder.resolve(lock));
    }
  }

  @Test
  void whatABackupAtWorkReliesOnWaitsForIt() {
    Manifest sealed;
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      write(writer, 0); // all of it is there
      PruneReport report = PruneBench.prune(vault, bench, 1);
      assertThat(report.waiting().files()).isPositive();
      assertThat(report.waitsFor()).singleElement().asString().contains("backup");
      assertThat(report.snapshots().get(0).kept()).isFalse();
      // It is told, and stores again what is to go; it may as well not have looked.
      assertThat(writeLostAgain(writer, 0)).isEqualTo(3);
      sealed = Bench.seal(writer);
    }
    requireWhole(sealed);
    PruneReport later = PruneBench.prune(vault, bench, 1);
    assertThat(later.waitsFor()).isEmpty();
    assertThat(later.removed().files()).isPositive();
    assertThat(vault.snapshots()).containsExactly(sealed);
    requireWhole(sealed);
    assertThat(PruneBench.files(folder, "marks")).isEmpty();
  }

  @Test
  void whatABackupSealedAfterTheMarkStays() {
    Manifest sealed;
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      write(writer, 0);
      assertThat(lost(writer)).isEmpty();
      PruneBench.prune(vault, bench, 1); // after its last look at the marks
      sealed = Bench.seal(writer);
    }
    assertThat(sealed.totals().newBytes()).as("it reused what was marked").isZero();
    PruneBench.prune(vault, bench, 1);
    assertThat(vault.snapshots()).containsExactly(sealed);
    requireWhole(sealed);
  }

  @Test
  void whoComesAfterTheMarkReliesOnNothingThatGoes() {
    Manifest sealed;
    try (SnapshotWriter earlier = vault.write(Bench.draft("store"), bench.context)) {
      PruneBench.prune(vault, bench, 1);
      assertThat(PruneBench.files(folder, "marks")).isNotEmpty();
      sealed = backUp(0); // the same as the snapshot that was dropped
      assertThat(earlier).isNotNull();
      assertThat(sealed.totals().newBytes()).isPositive();
      assertThat(sealed.contents()).isNotEqualTo(old.contents());
    }
    PruneReport report = PruneBench.prune(vault, bench, 1);
    assertThat(report.waitsFor()).isEmpty();
    assertThat(vault.snapshots()).containsExactly(sealed);
    requireWhole(sealed);
  }

  /** Its blocks stay, since another snapshot has them; only the list of them is to go. */
  @Test
  void aListThatGoesIsWrittenUnderAnotherName() {
    isWrittenUnderAnotherName(BATCHES);
  }

  /** Of blocks that have no list of their own. */
  @Test
  void aListOfFewBlocksIsToo() {
    isWrittenUnderAnotherName(2);
  }

  private void isWrittenUnderAnotherName(int batches) {
    Manifest few = backUpOnePartition(batches);
    Manifest more = backUpOnePartition(batches + 1);
    Manifest sealed;
    try (SnapshotWriter earlier = vault.write(Bench.draft("store"), bench.context)) {
      assertThat(earlier).isNotNull();
      PruneBench.prune(vault, bench, 1);
      assertThat(vault.snapshots()).containsExactly(more);
      sealed = backUpOnePartition(batches);
      assertThat(sealed.totals().newBytes()).isZero();
      assertThat(sealed.contents()).isNotEqualTo(few.contents());
    }
    PruneReport report = PruneBench.prune(vault, bench, 2);
    assertThat(report.removed().files()).isPositive();
    assertThat(bench.read(vault, sealed)).hasSize(batches * ROWS);
    assertThat(bench.check(vault, true).damages()).isEmpty();
    assertThat(PruneBench.files(folder, "lists")).noneMatch(f -> f.endsWith(few.contents()));
  }

  /** Nobody waits for whoever came after the mark, so no list of it may be one that goes. */
  @Test
  void whatGoesMayGoBeforeTheManifestOfWhoCameLater() {
    backUpOnePartition(2);
    Manifest more = backUpOnePartition(3);
    SnapshotWriter earlier = vault.write(Bench.draft("store"), bench.context);
    assertThat(PruneBench.prune(vault, bench, 1).waitsFor()).isNotEmpty();
    boolean[] swept = {false};
    Storage meddling =
        MeddlingStorage.of(
            new LocalFolder(folder),
            (operation, path) -> {
              if (operation.equals("createIfAbsent")
                  && path.startsWith("snapshots/")
                  && !swept[0]) {
                swept[0] = true;
                end(earlier);
                assertThat(PruneBench.prune(vault, bench, 1).removed().files()).isPositive();
              }
            });
    Manifest later;
    try (Vault same = open(meddling);
        SnapshotWriter writer = same.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 500_000, 1, 2, ROWS);
      later = Bench.seal(writer);
    }
    assertThat(swept[0]).isTrue();
    assertThat(vault.snapshots()).containsExactly(more, later);
    assertThat(bench.read(vault, later)).hasSize(2 * ROWS);
    assertThat(bench.check(vault, true).damages()).isEmpty();
  }

  private Manifest backUpOnePartition(int batches) {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 500_000, 1, batches, ROWS);
      return Bench.seal(writer);
    }
  }

  /**
   * Its lock is gone when the prune looks for locks, and its manifest came after the first look.
   */
  @Test
  void whatABackupSealedWhileTheMarkWasWrittenStays() {
    List<Manifest> sealed = new ArrayList<>();
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      write(writer, 0);
      assertThat(lost(writer)).isEmpty();
      Storage meddling =
          MeddlingStorage.of(
              new LocalFolder(folder),
              (operation, path) -> {
                if (operation.equals("create") && path.startsWith("marks/") && sealed.isEmpty()) {
                  sealed.add(Bench.seal(writer));
                  end(writer);
                }
              });
      try (Vault same = open(meddling)) {
        assertThat(PruneBench.prune(same, bench, 1).waitsFor()).isEmpty();
      }
    }
    assertThat(vault.snapshots()).containsAll(sealed).hasSize(2);
    assertThat(sealed.get(0).totals().newBytes()).isZero();
    requireWhole(sealed.get(0));
  }

  @Test
  void aMarkIsNotKeptUpByThoseWhoCameLater() {
    try (SnapshotWriter earlier = vault.write(Bench.draft("store"), bench.context)) {
      assertThat(earlier).isNotNull();
      PruneBench.prune(vault, bench, 1);
    }
    try (SnapshotWriter later = vault.write(Bench.draft("store"), bench.context)) {
      assertThat(later).isNotNull();
      PruneReport report = PruneBench.prune(vault, bench, 1);
      assertThat(report.waitsFor()).isEmpty();
      assertThat(report.removed().bytes()).isPositive();
      assertThat(PruneBench.files(folder, "marks")).isEmpty();
    }
  }

  @Test
  void whatABackupHasJustStoredIsNotMarked() {
    try (SnapshotWriter writer = vault.write(Bench.draft("store"), bench.context)) {
      write(writer, 200_000);
      PruneBench.prune(vault, bench, 1);
      assertThat(writeLostAgain(writer, 200_000)).isZero();
      requireWhole(Bench.seal(writer));
    }
  }

  @Test
  void aBackupThatSleptFindsOutAtItsLastLook() throws IOException {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      write(writer, 0);
      deleteLocks();
      PruneReport report = PruneBench.prune(vault, bench, 1);
      assertThat(report.waitsFor()).isEmpty();
      assertThat(writeLostAgain(writer, 0)).isEqualTo(3);
      requireWhole(Bench.seal(writer));
    }
    assertThat(bench.warnings).anyMatch(warning -> warning.contains("as when a machine sleeps"));
  }

  @Test
  void aBackupThatSleptBeforeItsManifestFails() throws IOException {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      write(writer, 0);
      assertThat(lost(writer)).isEmpty();
      deleteLocks();
      PruneBench.prune(vault, bench, 1);
      assertThatThrownBy(() -> Bench.seal(writer)).isInstanceOf(GodwitException.class);
    }
    assertThat(vault.snapshots()).hasSize(1);
    assertThat(bench.check(vault, true).damages()).isEmpty();
    assertThat(PruneBench.files(folder, "locks")).isEmpty();
  }

  @Test
  void aBackupThatSleptInTheLastMomentTakesItsManifestBack() {
    boolean[] slept = {false};
    Storage sleeping =
        MeddlingStorage.of(
            new LocalFolder(folder),
            (operation, path) -> {
              if (operation.equals("createIfAbsent") && path.startsWith("snapshots/")) {
                deleteLocks();
                PruneBench.prune(vault, bench, 1);
                slept[0] = true;
              }
            });
    try (Vault same = open(sleeping);
        SnapshotWriter writer = same.write(Bench.draft("shop"), bench.context)) {
      write(writer, 0);
      Throwable failure = catchThrowable(() -> Bench.seal(writer));
      assertThat(failure).isInstanceOf(GodwitException.class);
      assertThat(catchThrowable(writer::manifest)).isInstanceOf(IllegalStateException.class);
    }
    assertThat(slept[0]).isTrue();
    assertThat(vault.snapshots()).hasSize(1).doesNotContain(old);
    assertThat(bench.check(vault, true).damages()).isEmpty();
  }

  @Test
  void rewritingWaitsUntilNobodyIsAtWork() {
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 100_000, 1, 1, ROWS);
      Manifest few = Bench.seal(writer);
      assertThat(few.totals().newBytes()).isZero();
      vault.pins().pin(few.id());
    }
    Manifest newer = backUp(300_000);
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      assertThat(writer).isNotNull();
      PruneReport report = PruneBench.prune(vault, bench, 1);
      assertThat(report.rewritten().files()).isZero();
      assertThat(report.remarks()).anyMatch(r -> r.contains("backup"));
    }
    PruneReport later = PruneBench.prune(vault, bench, 1);
    assertThat(later.rewritten().files()).isPositive();
    requireWhole(newer);
    assertThat(bench.check(vault, true).remarks()).isEmpty();
  }
}
