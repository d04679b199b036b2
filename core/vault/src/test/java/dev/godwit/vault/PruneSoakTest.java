package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun.Lost;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.Orders;
import dev.godwit.vault.testing.PruneBench;
import dev.godwit.vault.volume.VolumeLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two writers and a pruner for a while ({@code -Dgodwit.soak.seconds}, 5 if not given): every
 * snapshot that was sealed and is there holds just what was written.
 */
class PruneSoakTest {
  private static final String ORDERS = "shop.public.orders";
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("godwit.soak.seconds", 5L));

  @TempDir Path folder;
  private final Map<String, Written> sealed = new ConcurrentHashMap<>();
  private final AtomicInteger prunes = new AtomicInteger();
  private final AtomicInteger rewritten = new AtomicInteger();
  private final AtomicInteger waited = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final AtomicInteger storedAgain = new AtomicInteger();

  /** What a snapshot was made of. */
  private record Written(long from, int partitions, int batches, int rows) {
    int count() {
      return partitions * batches * rows;
    }

    void requireIn(List<String> read) {
      assertThat(read).hasSize(count());
      for (int i = 0; i < read.size(); i++) {
        assertThat(read.get(i)).startsWith((from + i) + "|");
      }
    }
  }

  @Test
  void nothingIsLost() throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    Vault.create(new LocalFolder(folder), new VolumeLimits(16 << 10, 100)).close();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Callable<Void>> all =
          List.of(() -> write("one", 1, end), () -> write("two", 2, end), () -> prune(end));
      for (Future<Void> each : threads.invokeAll(all)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    try (Bench bench = new Bench();
        Vault vault = Vault.open(new LocalFolder(folder))) {
      PruneBench.prune(vault, bench, 3);
      List<Manifest> left = vault.snapshots();
      assertThat(left).isNotEmpty();
      for (Manifest manifest : left) {
        sealed.get(manifest.id()).requireIn(bench.read(vault, manifest));
      }
      CheckReport check = bench.check(vault, true);
      assertThat(check.damages()).isEmpty();
      assertThat(check.remarks()).isEmpty();
    }
    System.out.printf(
        "%d snapshots sealed, %d given up, %d partitions stored again; %d prunes, %d waited, %d"
            + " volumes rewritten%n",
        sealed.size(),
        abandoned.get(),
        storedAgain.get(),
        prunes.get(),
        waited.get(),
        rewritten.get());
    assertThat(prunes).hasPositiveValue();
  }

  private Void write(String source, long seed, long end) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Bench bench = new Bench();
        Vault vault = Vault.open(new LocalFolder(folder))) {
      boolean anySealed = false;
      do {
        // Few places to begin at, so that both sources share much.
        Written written =
            new Written(
                random.nextInt(4) * 1200L,
                random.nextInt(1, 4),
                random.nextInt(1, 8),
                random.nextInt(1, 3) * 100);
        anySealed |= writeOnce(bench, vault, source, written, random.nextInt(5) == 0);
      } while (System.nanoTime() < end || !anySealed);
    }
    return null;
  }

  /** Whether it was sealed. */
  private boolean writeOnce(
      Bench bench, Vault vault, String source, Written written, boolean givesUp) {
    Manifest manifest;
    try (SnapshotWriter writer = vault.write(Bench.draft(source), bench.context)) {
      bench.writeFrom(
          writer, ORDERS, written.from, written.partitions, written.batches, written.rows);
      if (givesUp) {
        abandoned.incrementAndGet();
        return false;
      }
      for (List<Lost> round = lost(writer); !round.isEmpty(); round = lost(writer)) {
        round.forEach(lost -> again(bench, writer, lost, written));
      }
      manifest = Bench.seal(writer);
    }
    sealed.put(manifest.id(), written);
    // It is the newest of its source: no prune drops it, and one may be moving its blocks.
    written.requireIn(bench.read(vault, manifest));
    return true;
  }

  private static List<Lost> lost(SnapshotWriter writer) {
    try (Stream<Lost> lost = writer.lost()) {
      return lost.toList();
    }
  }

  private void again(Bench bench, SnapshotWriter writer, Lost lost, Written written) {
    storedAgain.incrementAndGet();
    int at = lost.partition().ordinal();
    assertThat(lost.dataset()).isEqualTo(Orders.dataset(ORDERS));
    try (RecordWriter out = writer.open(lost.dataset(), lost.partition())) {
      for (int b = 0; b < written.batches; b++) {
        long first = written.from + ((long) at * written.batches + b) * written.rows;
        bench.writeOrders(out, first, written.rows);
      }
      out.commit();
    }
  }

  private Void prune(long end) {
    SplittableRandom random = new SplittableRandom(3);
    List<String> failures = new ArrayList<>();
    try (Bench bench = new Bench();
        Vault vault = Vault.open(new LocalFolder(folder))) {
      do {
        PruneRequest request =
            new PruneRequest(
                PruneBench.keepLast(random.nextInt(1, 5)).rules(),
                ZoneOffset.UTC,
                Optional.empty(),
                random.nextBoolean() ? 0.5 : 1,
                false);
        try {
          PruneReport report = vault.prune(request, bench.context);
          prunes.incrementAndGet();
          rewritten.addAndGet((int) report.rewritten().files());
          waited.addAndGet(report.waitsFor().isEmpty() ? 0 : 1);
        } catch (GodwitException e) {
          failures.add(e.getMessage());
        }
      } while (System.nanoTime() < end);
    }
    assertThat(failures).isEmpty();
    return null;
  }
}
