package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How files come to be: whole or not at all, one winner of several. */
abstract class StorageWritingContract extends StorageScene {
  @Test
  void aFileAppearsOnceItIsCommitted() throws IOException {
    try (StorageWriter writer = storage().create("volumes/ab/one.gwv")) {
      writer.write(bytes("bar-tailed "));
      writer.write(bytes("godwit"));
      assertThat(list("volumes")).isEmpty();
      assertThatThrownBy(() -> storage().stat("volumes/ab/one.gwv"))
          .isInstanceOf(NoSuchFileException.class);
      writer.commit();
      writer.abort();
    }
    assertThat(read("volumes/ab/one.gwv")).isEqualTo("bar-tailed godwit");
    assertThat(list("volumes")).containsExactly("volumes/ab/one.gwv");
    assertThat(storage().stat("volumes/ab/one.gwv").size()).isEqualTo(17);
    assertThat(list("")).containsExactly("volumes/ab/one.gwv");
  }

  @Test
  void aFileThatIsAbortedLeavesNothing() throws IOException {
    try (StorageWriter writer = storage().create("lists/x")) {
      writer.write(bytes("half"));
      writer.abort();
    }
    try (StorageWriter writer = storage().create("lists/y")) {
      writer.write(bytes("half"));
    }
    assertThat(list("lists")).isEmpty();
    assertThat(list("")).isEmpty();
  }

  @Test
  void aBigFileThatIsAbortedLeavesNothing() throws IOException {
    try (StorageWriter writer = storage().create("volumes/ab/big")) {
      fill(writer, BIG / MIB, 0);
      assertThat(list("volumes")).isEmpty();
      writer.abort();
    }
    assertThat(list("")).isEmpty();
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker")
  void aWriterWhoseProcessDiesLeavesNothingThatIsTakenForGood() throws IOException {
    StorageWriter dying = storage().create("volumes/ab/big");
    fill(dying, BIG / MIB, 0);
    try (Storage next = openAgain()) {
      assertThatThrownBy(() -> next.stat("volumes/ab/big")).isInstanceOf(NoSuchFileException.class);
      List<String> left = list(next, "");
      assertThat(left).allMatch(path -> path.matches("work/[^/]+/.+"));
      for (String path : left) {
        next.delete(path);
      }
      assertThat(list(next, "")).isEmpty();
    }
    dying.abort(); // only frees what the test itself holds
  }

  @Test
  void writesTakeAllThatRemainsInTheBuffer() throws IOException {
    ByteBuffer middle = bytes("0123456789").position(2).limit(6);
    ByteBuffer direct = ByteBuffer.allocateDirect(3).put(content("abc")).flip();
    try (StorageWriter writer = storage().create("part")) {
      writer.write(middle);
      writer.write(direct);
      writer.commit();
    }
    assertThat(middle.hasRemaining()).isFalse();
    assertThat(direct.hasRemaining()).isFalse();
    assertThat(read("part")).isEqualTo("2345abc");
  }

  @Test
  void holdsBigFilesThatAreWrittenAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Void>> written = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int mine = i;
        written.add(
            threads.submit(
                () -> {
                  try (StorageWriter writer = storage().create("volumes/big-" + mine)) {
                    fill(writer, BIG / MIB, mine);
                    writer.commit();
                  }
                  return null;
                }));
      }
      for (Future<Void> each : written) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    for (int i = 0; i < 3; i++) {
      proveFilled(storage(), "volumes/big-" + i, BIG / MIB, i);
    }
  }

  @Test
  void holdsAnEmptyFile() throws IOException {
    try (StorageWriter writer = storage().create("empty")) {
      writer.commit();
    }
    assertThat(storage().stat("empty").size()).isZero();
    assertThat(storage().read("empty", 0, ByteBuffer.allocate(1))).isLessThanOrEqualTo(0);
  }

  @Test
  void createsOnlyWherePathIsFree() throws IOException {
    assertThat(storage().createIfAbsent("locks/a", content("first"))).isTrue();
    assertThat(storage().createIfAbsent("locks/a", content("second"))).isFalse();
    assertThat(storage().createIfAbsent("locks/a", content("first"))).isFalse();
    assertThat(read("locks/a")).isEqualTo("first");
    storage().delete("locks/a");
    assertThat(storage().createIfAbsent("locks/a", content("third"))).isTrue();
    assertThat(read("locks/a")).isEqualTo("third");
    assertThat(list("")).containsExactly("locks/a");
  }

  @Test
  void ofSeveralCreatorsOneWins() throws Exception {
    int racers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    try {
      for (int round = 0; round < 10; round++) {
        String path = "locks/race-" + round;
        CyclicBarrier start = new CyclicBarrier(racers);
        List<Future<String>> results = new ArrayList<>();
        for (int racer = 0; racer < racers; racer++) {
          String mine = "racer " + racer;
          results.add(
              threads.submit(
                  () -> {
                    start.await();
                    return storage().createIfAbsent(path, content(mine)) ? mine : "";
                  }));
        }
        assertThat(winners(results)).containsExactly(read(path));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> winners(List<Future<String>> results)
      throws InterruptedException, ExecutionException {
    List<String> winners = new ArrayList<>();
    for (Future<String> result : results) {
      if (!result.get().isEmpty()) {
        winners.add(result.get());
      }
    }
    return winners;
  }

  @Test
  void replacesWhatIsThere() throws IOException {
    storage().replace("vault.json", content("a long first version"));
    storage().replace("vault.json", content("second"));
    assertThat(read("vault.json")).isEqualTo("second");
    assertThat(list("")).containsExactly("vault.json");
  }
}
