package dev.godwit.vault.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.testing.MeddlingStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pruner at a time, and none that is dead is in the way. */
class PrunerLockTest {
  private static final String TAKEN = "2026-11-21T10:00:01.123456789Z";

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private PrunerLock take() throws IOException {
    return PrunerLock.take(new LocalFolder(folder), new Cancellation(), warnings::add);
  }

  private Path leave(String kind, Duration age) throws IOException {
    LockDocument lock =
        new LockDocument(0, kind, "prune", "far", "elsewhere", 1, "1", "ann", "w", TAKEN);
    Path file = Files.createDirectories(folder.resolve("locks")).resolve("a".repeat(32) + ".json");
    Files.write(file, Json.page().writeValueAsBytes(lock));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    return file;
  }

  @Test
  void anotherPrunerIsNamed() throws IOException {
    Path other = leave(LockDocument.PRUNER, Duration.ofMinutes(5));
    String since =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
            .format(Instant.parse(TAKEN).atZone(ZoneId.systemDefault()));
    assertThatThrownBy(this::take)
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCKED))
        .hasMessageEndingWith("prune by ann on far since " + since);
    assertThat(folder.resolve("locks")).isDirectoryContaining(p -> p.equals(other));
    assertThat(folder.resolve("locks").toFile().list()).hasSize(1);
  }

  @Test
  void aDeadOneIsNotInTheWay() throws IOException {
    Path other = leave(LockDocument.PRUNER, HeldLock.EXPIRY.plusMinutes(1));
    try (PrunerLock lock = take()) {
      lock.requireHeld();
      assertThat(other).doesNotExist();
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void aWriterIsNotInTheWay() throws IOException {
    leave(LockDocument.WRITER, Duration.ZERO);
    try (PrunerLock lock = take()) {
      lock.requireHeld();
    }
  }

  @Test
  void oneThatWasTakenForDeadGoesNoFurther() throws IOException {
    try (PrunerLock lock = take()) {
      Files.delete(folder.resolve(lock.path()));
      assertThatThrownBy(lock::requireHeld).isInstanceOf(GodwitException.class);
      assertThat(folder.resolve(lock.path())).as("it does not come back").doesNotExist();
    }
  }

  @Test
  void oneThatWasNotRefreshedInTimeGoesNoFurther() throws IOException {
    try (PrunerLock lock = take()) {
      Instant longAgo = Instant.now().minus(HeldLock.EXPIRY).minusSeconds(60);
      Files.setLastModifiedTime(folder.resolve(lock.path()), FileTime.from(longAgo));
      assertThatThrownBy(lock::requireHeld).isInstanceOf(GodwitException.class);
    }
  }

  @Test
  void aRefreshThatIsUnderWayDoesNotBringItBack() throws Exception {
    CountDownLatch refreshing = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    Storage slow =
        MeddlingStorage.of(
            new LocalFolder(folder),
            (operation, path) -> {
              if (operation.equals("replace")) {
                refreshing.countDown();
                goesOn.await();
              }
            });
    PrunerLock lock = PrunerLock.take(slow, new Cancellation(), warnings::add);
    Thread refresh =
        new Thread(
            () -> {
              try {
                lock.requireHeld();
              } catch (GodwitException e) {
                // It may be closed by the time it is refreshed.
              }
            });
    Thread close = new Thread(lock::close);
    refresh.start();
    refreshing.await();
    close.start();
    while (close.isAlive() && close.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    goesOn.countDown();
    refresh.join();
    close.join();
    assertThat(folder.resolve(lock.path())).doesNotExist();
    assertThat(warnings).isEmpty();
  }

  /** Else two of them would meet each time where a disk takes seconds to sync. */
  @Test
  void whoWithdrawsIsAwayForLongerThanHeWasThere() {
    for (long there : new long[] {0, 1_000_000, 6_000_000_000L}) {
      assertThat(PrunerLock.longestAway(there)).isGreaterThan(2 * there).isPositive();
    }
  }

  @Test
  void ofThoseThatComeAtOnceOneAtMostIsIn() throws Exception {
    int racers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    AtomicInteger in = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger times = new AtomicInteger();
    try {
      for (int round = 0; round < 5; round++) {
        CyclicBarrier start = new CyclicBarrier(racers);
        List<Future<?>> all = new ArrayList<>();
        for (int racer = 0; racer < racers; racer++) {
          all.add(
              threads.submit(
                  () -> {
                    start.await();
                    try (PrunerLock lock = take()) {
                      most.accumulateAndGet(in.incrementAndGet(), Math::max);
                      times.incrementAndGet();
                      lock.requireHeld();
                      in.decrementAndGet();
                    } catch (GodwitException e) {
                      assertThat(e.exitCode()).isEqualTo(ExitCode.LOCKED);
                    }
                    return null;
                  }));
        }
        for (Future<?> each : all) {
          each.get();
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most).hasValue(1);
    assertThat(times).as("they do not all give way for ever").hasPositiveValue();
  }
}
