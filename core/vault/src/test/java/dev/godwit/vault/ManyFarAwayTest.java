package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A far vault of many small snapshots: what a check and a prune ask for each of them is asked for
 * several of them at once, also with one job, and of a small volume one thing.
 */
class ManyFarAwayTest {
  private static final int SNAPSHOTS = 40;
  private static final CopyChoice ALL =
      new CopyChoice(List.of(), Optional.empty(), Optional.empty());

  /** So many requests of one kind come before the first of them is answered. */
  private static final int TOGETHER = 8;

  private final Bench bench = new Bench(1);
  private final MemoryStorage storage = new MemoryStorage();
  private final Map<String, CountDownLatch> awaited = new TreeMap<>();
  private final Set<String> alone = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private Vault far;

  @BeforeEach
  void fill() {
    try (Vault vault = Vault.create(storage)) {
      for (int i = 0; i < SNAPSHOTS; i++) {
        try (SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
          bench.writeFrom(writer, "shop.public.orders", 1000L * i, 1, 1, 10);
          var unused = Bench.seal(writer);
        }
      }
    }
    far = Vault.open(new FarStorage(MeddlingStorage.of(storage, this::count), Duration.ZERO));
  }

  @AfterEach
  void close() {
    far.close();
    bench.close();
  }

  private void together(String... kinds) {
    Stream.of(kinds).forEach(kind -> awaited.put(kind, new CountDownLatch(TOGETHER)));
  }

  private void count(String operation, String path) throws Exception {
    String kind = operation + ' ' + path.replaceFirst("/.*", "/");
    asked.computeIfAbsent(kind, k -> new AtomicInteger()).incrementAndGet();
    CountDownLatch others = awaited.get(kind);
    if (others != null && !alone.contains(kind)) {
      others.countDown();
      if (!others.await(1, TimeUnit.MINUTES)) {
        alone.add(kind);
      }
    }
  }

  @Test
  void aCheckLooksAtSeveralVolumesAndSnapshotsAtOnce() {
    together("read volumes/", "read snapshots/", "read lists/");
    assertThat(bench.check(far, false).damages()).isEmpty();
    assertThat(alone).as("asked for one after another").isEmpty();
    assertThat(asked.get("read volumes/")).hasValue(SNAPSHOTS);
  }

  @Test
  void aRepairLooksAtSeveralVolumesAndSnapshotsAtOnce() {
    together("read volumes/", "read snapshots/", "read lists/");
    try (VaultRepair repair = far.repair(false, true, bench.context, read -> {})) {
      assertThat(repair.plan().isNeeded()).isFalse();
    }
    assertThat(alone).as("asked for one after another").isEmpty();
    assertThat(asked.get("read volumes/")).hasValue(SNAPSHOTS);
  }

  @Test
  void aCopyReadsSeveralManifestsAtOnceOnBothSides() {
    together("read snapshots/");
    try (Vault other = Vault.create(new MemoryStorage())) {
      assertThat(far.planCopy(other, ALL, w -> {})).hasSize(SNAPSHOTS);
      assertThat(asked.get("read snapshots/")).hasValue(SNAPSHOTS);
      assertThat(other.planCopy(far, ALL, w -> {})).isEmpty();
    }
    assertThat(alone).as("asked for one after another").isEmpty();
  }

  /** However many were copied before, each looks for its own volumes only. */
  @Test
  void aCopyAsksAsMuchForTheLastSnapshotAsForTheFirst() throws Exception {
    MemoryStorage there = new MemoryStorage();
    Vault.create(there).close();
    try (Vault source = Vault.open(storage);
        Vault target =
            Vault.open(new FarStorage(MeddlingStorage.of(there, this::count), Duration.ZERO))) {
      Copying.of(bench, source, target, ALL);
      assertThat(asked.get("stat volumes/")).hasValueLessThanOrEqualTo(SNAPSHOTS);
      assertThat(asked.get("create index/")).as("segments of the index").hasValue(1);
      asked.clear();
      Copying.of(bench, source, target, ALL);
      assertThat(target.snapshots()).hasSize(SNAPSHOTS);
      assertThat(bench.check(target, true).remarks()).isEmpty();
    }
  }

  @Test
  void aPreviewOfAPruneAsksForSeveralAtOnce() {
    together("read lists/", "stat snapshots/");
    PruneRequest request = PruneBench.dry(PruneBench.keepLast(SNAPSHOTS / 2));
    PruneReport report = far.prune(request, bench.context);
    assertThat(alone).as("asked for one after another").isEmpty();
    assertThat(report.removed().files()).isEqualTo(3 * SNAPSHOTS / 2);
  }

  @Test
  void aPruneReadsAndRemovesSeveralAtOnce() throws Exception {
    together("read lists/", "delete snapshots/", "delete volumes/");
    PruneReport report = PruneBench.prune(far, bench, SNAPSHOTS / 2);
    assertThat(alone).as("asked for one after another").isEmpty();
    assertThat(report.snapshots().stream().filter(s -> !s.kept())).hasSize(SNAPSHOTS / 2);
    assertThat(far.snapshots()).hasSize(SNAPSHOTS / 2);
    try (Stream<Storage.StoredFile> volumes = storage.list("volumes")) {
      assertThat(volumes).hasSize(SNAPSHOTS / 2);
    }
    assertThat(bench.check(far, true).damages()).isEmpty();
  }
}
