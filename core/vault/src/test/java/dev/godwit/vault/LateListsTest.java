package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun.Lost;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.storage.Storage;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.carry.SnapshotCarrier;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.LateStorage;
import dev.godwit.vault.testing.MeddlingStorage;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the storage says that its lists lag, a prune loses nothing and gives the space back. */
class LateListsTest {
  private static final String ORDERS = "shop.public.orders";
  private static final int BATCHES = 6;
  private static final int ROWS = 100;
  private static final Duration LAG = Duration.ofHours(1);
  private static final Duration REST = LAG.multipliedBy(2).plusMinutes(31);

  private final LateStorage storage = new LateStorage(LAG);
  private final Bench bench = new Bench(1);
  private Vault vault;

  @BeforeEach
  void create() {
    vault = Vault.create(storage, new VolumeLimits(4 << 10, 100));
  }

  @AfterEach
  void close() {
    vault.close();
    bench.close();
  }

  private Manifest backUp(long from) {
    try (SnapshotWriter writer = begin(from)) {
      return end(writer, from);
    }
  }

  private SnapshotWriter begin(long from) {
    SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context);
    bench.writeFrom(writer, ORDERS, from, 3, BATCHES, ROWS);
    return writer;
  }

  /** Ends it as a transfer does: what was lost is written again first. */
  private Manifest end(SnapshotWriter writer, long from) {
    for (List<Lost> round = lost(writer); !round.isEmpty(); round = lost(writer)) {
      for (Lost each : round) {
        try (RecordWriter out = writer.open(each.dataset(), each.partition())) {
          long first = from + (long) each.partition().ordinal() * BATCHES * ROWS;
          for (int b = 0; b < BATCHES; b++) {
            bench.writeOrders(out, first + (long) b * ROWS, ROWS);
          }
          out.commit();
        }
      }
    }
    return Bench.seal(writer);
  }

  private static List<Lost> lost(SnapshotWriter writer) {
    try (Stream<Lost> lost = writer.lost()) {
      return lost.toList();
    }
  }

  private PruneReport prune(int last) {
    return PruneBench.prune(vault, bench, last);
  }

  /** Every snapshot that is there, shown or not, by now and later. */
  private void requireWhole(Manifest... told) {
    storage.pass(LAG.plusMinutes(1));
    assertThat(vault.snapshots()).contains(told);
    assertThat(bench.check(vault, true).damages()).isEmpty();
    for (Manifest manifest : vault.snapshots()) {
      assertThat(bench.read(vault, manifest)).hasSize(3 * BATCHES * ROWS);
    }
  }

  /** Two snapshots that share nothing, shown; the first is about to be dropped. */
  private Manifest twoShown() {
    backUp(0);
    Manifest newest = backUp(100_000);
    storage.pass(LAG.plusMinutes(1));
    return newest;
  }

  @Test
  void whatABackupNeedsThatHasJustEndedStays() {
    Manifest old = twoShown();
    Manifest made = backUp(0); // needs what the first needed; its manifest is not shown
    assertThat(made.totals().newBytes()).isZero();
    PruneReport report = prune(1);
    assertThat(report.restsUntil()).isPresent();
    assertThat(report.waiting().files()).isPositive();
    assertThat(report.removed().files()).as("manifests").isEqualTo(1);
    requireWhole(old, made);
    storage.pass(REST);
    prune(2);
    requireWhole(old, made);
  }

  @Test
  void aSecondPruneGivesTheSpaceBack() {
    Manifest newest = twoShown();
    long volumes = storage.all("volumes").count();
    PruneReport first = prune(1);
    assertThat(storage.all("volumes")).hasSize((int) volumes);
    storage.pass(Duration.ofMinutes(20));
    assertThat(prune(1).removed().files()).as("too early").isZero();
    storage.pass(REST);
    PruneReport second = prune(1);
    assertThat(second.removed().bytes()).isEqualTo(first.waiting().bytes());
    assertThat(second.restsUntil()).isEmpty();
    assertThat(storage.all("volumes")).hasSizeLessThan((int) volumes * 2 / 3);
    assertThat(storage.all("marks")).isEmpty();
    requireWhole(newest);
  }

  /** It began when the mark was not shown, and no prune was shown its lock. */
  @Test
  void aBackupThatMissedTheMarkIsWaitedFor() {
    Manifest newest = twoShown();
    prune(1);
    Manifest made;
    try (SnapshotWriter writer = begin(0)) {
      assertThat(prune(1).waitsFor()).as("its lock is not shown").isEmpty();
      storage.pass(REST);
      assertThat(prune(1).waitsFor()).hasSize(1);
      made = end(writer, 0);
      assertThat(made.totals().newBytes()).as("it saw the mark at its end").isPositive();
    }
    prune(2);
    requireWhole(newest, made);
  }

  /** It takes longer than the mark rests, and ends just before the prune that sweeps. */
  @Test
  void aBackupThatEndedRightBeforeTheSweepHasSeenTheMark() {
    Manifest newest = twoShown();
    SnapshotWriter writer = begin(0);
    prune(1); // is not shown its lock
    storage.pass(REST);
    Manifest made = end(writer, 0);
    writer.close();
    prune(2);
    requireWhole(newest, made);
    assertThat(made.totals().newBytes()).isPositive();
  }

  @Test
  void aBackupThatSeesAMarkAtItsLastLookDoesNotEndWell() {
    Manifest newest = twoShown();
    try (SnapshotWriter writer = begin(0)) {
      prune(1);
      assertThat(lost(writer)).isEmpty();
      storage.pass(LAG.plusMinutes(1));
      assertThat(catchThrowable(() -> Bench.seal(writer)))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("during the backup");
    }
    requireWhole(newest);
    assertThat(vault.snapshots()).containsExactly(newest);
  }

  @Test
  void aCopyThatSeesAMarkAtItsLastLookBeginsAgain() {
    Manifest newest = twoShown();
    boolean[] pruned = {false};
    Storage marked =
        MeddlingStorage.of(
            storage,
            (operation, path) -> {
              if (operation.equals("createIfAbsent") && path.startsWith("snapshots/")) {
                if (!pruned[0]) {
                  pruned[0] = true;
                  prune(1);
                  storage.pass(LAG.plusMinutes(1));
                }
              }
            });
    Manifest copy;
    try (Vault source = Vault.create(new MemoryStorage());
        Vault target = Vault.open(marked)) {
      Manifest made;
      try (SnapshotWriter writer = source.write(Bench.draft("shop"), bench.context)) {
        bench.writeFrom(writer, ORDERS, 700_000, 3, BATCHES, ROWS);
        made = Bench.seal(writer);
      }
      try (SnapshotCarrier carrier = source.copyTo(target, bench.context, read -> {})) {
        copy = carrier.copy(made);
      }
    }
    assertThat(pruned[0]).isTrue();
    assertThat(copy.totals().newBytes()).isPositive();
    requireWhole(newest, copy);
  }

  @Test
  void aRepairSeesABackupWhereItsOwnLockIsNotShown() {
    twoShown();
    try (SnapshotWriter writer = begin(500_000)) {
      assertThat(writer).isNotNull();
      storage.pass(LAG.plusMinutes(1));
      assertThat(catchThrowable(() -> vault.repair(false, false, bench.context, read -> {})))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("another run writes");
    }
  }

  @Test
  void whatABackupThatIsNotShownHasStoredIsNotMarked() {
    twoShown();
    try (SnapshotWriter writer = begin(500_000)) {
      storage.pass(LAG.dividedBy(2));
      assertThat(prune(2).waiting().files()).isZero();
      assertThat(storage.all("marks")).isEmpty();
      assertThat(end(writer, 500_000).totals().newBytes()).isPositive();
    }
  }

  @Test
  void aPinThatIsNotShownHolds() {
    Manifest first = backUp(0);
    Manifest newest = backUp(100_000);
    storage.pass(LAG.plusMinutes(1));
    vault.pins().pin(first.id());
    assertThat(vault.pins().all()).isEmpty();
    prune(1);
    requireWhole(first, newest);
  }

  @Test
  void volumesWithLittleLiveDataAreRewrittenByTheSecondPrune() {
    backUp(0);
    storage.pass(LAG.plusMinutes(1));
    Manifest few;
    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 0, 1, 1, ROWS);
      few = Bench.seal(writer);
      assertThat(few.totals().newBytes()).isZero();
    }
    storage.pass(LAG.plusMinutes(1));
    assertThat(prune(1).rewritten().files()).isZero();
    assertThat(storage.all("marks")).isNotEmpty();
    Manifest hidden = backUp(0); // sees no mark, and needs all of every volume
    storage.pass(REST);
    PruneReport report = prune(1);
    assertThat(report.rewritten().files()).as("all of it is needed again").isZero();
    requireWhole(hidden);
    assertThat(vault.snapshots()).doesNotContain(few);

    try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.writeFrom(writer, ORDERS, 0, 1, 1, ROWS);
      few = Bench.seal(writer);
    }
    storage.pass(LAG.plusMinutes(1));
    prune(1);
    storage.pass(REST);
    long before = storage.all("volumes").count();
    assertThat(prune(1).rewritten().files()).isPositive();
    assertThat(storage.all("volumes")).hasSizeLessThan((int) before);
    assertThat(storage.all("moved")).isNotEmpty();
    assertThat(storage.all("marks")).isEmpty();
    storage.pass(LAG.plusMinutes(1));
    assertThat(bench.read(vault, few)).hasSize(ROWS);
    assertThat(bench.check(vault, true).damages()).isEmpty();
  }

  /**
   * Backups, some long, prunes and hours in any order: whatever was sealed and not dropped reads.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingIsLostInAnyOrder(long seed) {
    Random random = new Random(seed);
    List<Manifest> newest = new ArrayList<>();
    List<Long> begun = new ArrayList<>();
    List<SnapshotWriter> writers = new ArrayList<>();
    for (int step = 0; step < 40; step++) {
      storage.pass(Duration.ofMinutes(random.nextInt(50)));
      switch (random.nextInt(5)) {
        case 0 -> newest.add(backUp(400L * random.nextInt(4)));
        case 1 -> {
          begun.add(400L * random.nextInt(4));
          writers.add(begin(begun.get(begun.size() - 1)));
        }
        case 2 -> {
          if (!writers.isEmpty()) {
            try (SnapshotWriter writer = writers.remove(0)) {
              newest.add(end(writer, begun.remove(0)));
            }
          }
        }
        case 3 -> storage.pass(Duration.ofMinutes(random.nextInt(200)));
        default -> prune(1 + random.nextInt(2));
      }
    }
    writers.forEach(SnapshotWriter::close);
    storage.pass(LAG.plusMinutes(1));
    for (int round = 0; round < 3; round++) {
      prune(2);
      storage.pass(REST);
    }
    requireWhole(newest.get(newest.size() - 1));
    assertThat(storage.all("marks")).isEmpty();
    assertThat(prune(2).removed().files()).isZero();
  }
}
