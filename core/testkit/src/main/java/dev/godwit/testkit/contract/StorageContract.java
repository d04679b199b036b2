package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage keeps to. A storage's test extends it. */
public abstract class StorageContract {
  private static final int BIG = 20 << 20;

  private Storage storage;

  /** Opens an empty place, another at each call; the contract closes it. */
  protected abstract Storage openEmpty() throws IOException;

  @BeforeEach
  final void openPlace() throws IOException {
    storage = openEmpty();
  }

  @AfterEach
  final void closePlace() throws IOException {
    storage.close();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] content(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String read(String path) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(100);
    int read = storage.read(path, 0, into);
    assertThat(read).isEqualTo(into.position());
    return new String(into.array(), 0, Math.max(read, 0), StandardCharsets.UTF_8);
  }

  private List<String> list(String folder) throws IOException {
    try (Stream<Storage.StoredFile> files = storage.list(folder)) {
      return files.map(Storage.StoredFile::path).sorted().toList();
    }
  }

  @Test
  void aFileAppearsOnceItIsCommitted() throws IOException {
    try (StorageWriter writer = storage.create("volumes/ab/one.gwv")) {
      writer.write(bytes("bar-tailed "));
      writer.write(bytes("godwit"));
      assertThat(list("volumes")).isEmpty();
      assertThatThrownBy(() -> storage.stat("volumes/ab/one.gwv"))
          .isInstanceOf(NoSuchFileException.class);
      writer.commit();
      writer.abort();
    }
    assertThat(read("volumes/ab/one.gwv")).isEqualTo("bar-tailed godwit");
    assertThat(list("volumes")).containsExactly("volumes/ab/one.gwv");
    assertThat(storage.stat("volumes/ab/one.gwv").size()).isEqualTo(17);
  }

  @Test
  void aFileThatIsAbortedLeavesNothing() throws IOException {
    try (StorageWriter writer = storage.create("lists/x")) {
      writer.write(bytes("half"));
      writer.abort();
    }
    try (StorageWriter writer = storage.create("lists/y")) {
      writer.write(bytes("half"));
    }
    assertThat(list("lists")).isEmpty();
    assertThat(list("")).isEmpty();
  }

  @Test
  void writesTakeAllThatRemainsInTheBuffer() throws IOException {
    ByteBuffer middle = bytes("0123456789").position(2).limit(6);
    ByteBuffer direct = ByteBuffer.allocateDirect(3).put(content("abc")).flip();
    try (StorageWriter writer = storage.create("part")) {
      writer.write(middle);
      writer.write(direct);
      writer.commit();
    }
    assertThat(middle.hasRemaining()).isFalse();
    assertThat(direct.hasRemaining()).isFalse();
    assertThat(read("part")).isEqualTo("2345abc");
  }

  @Test
  void readsAnyRange() throws IOException {
    storage.replace("f", content("0123456789"));
    ByteBuffer into = ByteBuffer.allocate(4);
    assertThat(storage.read("f", 3, into)).isEqualTo(4);
    assertThat(new String(into.array(), StandardCharsets.UTF_8)).isEqualTo("3456");
    assertThat(storage.read("f", 8, into.clear())).isEqualTo(2);
    assertThat(storage.read("f", 10, into.clear())).isLessThanOrEqualTo(0);
    ByteBuffer direct = ByteBuffer.allocateDirect(2);
    assertThat(storage.read("f", 0, direct)).isEqualTo(2);
    assertThat(direct.get(1)).isEqualTo((byte) '1');
  }

  @Test
  void holdsABigFile() throws IOException {
    byte[] piece = new byte[1 << 20];
    try (StorageWriter writer = storage.create("big")) {
      for (int i = 0; i < BIG / piece.length; i++) {
        java.util.Arrays.fill(piece, (byte) i);
        writer.write(ByteBuffer.wrap(piece));
      }
      writer.commit();
    }
    assertThat(storage.stat("big").size()).isEqualTo(BIG);
    ByteBuffer into = ByteBuffer.allocate(2);
    assertThat(storage.read("big", 7 * (long) piece.length - 1, into)).isEqualTo(2);
    assertThat(into.array()).containsExactly(6, 7);
  }

  @Test
  void holdsAnEmptyFile() throws IOException {
    try (StorageWriter writer = storage.create("empty")) {
      writer.commit();
    }
    assertThat(storage.stat("empty").size()).isZero();
    assertThat(storage.read("empty", 0, ByteBuffer.allocate(1))).isLessThanOrEqualTo(0);
  }

  @Test
  void createsOnlyWherePathIsFree() throws IOException {
    assertThat(storage.createIfAbsent("locks/a", content("first"))).isTrue();
    assertThat(storage.createIfAbsent("locks/a", content("second"))).isFalse();
    assertThat(read("locks/a")).isEqualTo("first");
    storage.delete("locks/a");
    assertThat(storage.createIfAbsent("locks/a", content("third"))).isTrue();
    assertThat(read("locks/a")).isEqualTo("third");
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
                    return storage.createIfAbsent(path, content(mine)) ? mine : "";
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
    storage.replace("vault.json", content("a long first version"));
    storage.replace("vault.json", content("second"));
    assertThat(read("vault.json")).isEqualTo("second");
    assertThat(list("")).containsExactly("vault.json");
  }

  @Test
  void listsAllFilesBelowAFolder() throws IOException {
    for (String path : List.of("a/1", "a/b/2", "a/b/c/3", "ab/4", "5")) {
      storage.replace(path, content(path));
    }
    assertThat(list("a")).containsExactly("a/1", "a/b/2", "a/b/c/3");
    assertThat(list("a/b")).containsExactly("a/b/2", "a/b/c/3");
    assertThat(list("")).containsExactly("5", "a/1", "a/b/2", "a/b/c/3", "ab/4");
    assertThat(list("nothing")).isEmpty();
    try (Stream<Storage.StoredFile> files = storage.list("ab")) {
      assertThat(files.findFirst().orElseThrow()).isEqualTo(storage.stat("ab/4"));
    }
  }

  @Test
  void deletesAFileAndOnlyThat() throws IOException {
    storage.replace("a/1", content("1"));
    storage.replace("a/2", content("2"));
    storage.delete("a/1");
    storage.delete("a/1");
    storage.delete("never/was");
    assertThat(list("")).containsExactly("a/2");
  }

  @Test
  void aMissingFileIsSaidToBeMissing() {
    assertThatThrownBy(() -> storage.read("a/none", 0, ByteBuffer.allocate(1)))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> storage.stat("a/none")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void stampsFilesByItsOwnClock() throws IOException {
    storage.replace("stamped", content("x"));
    Instant modified = storage.stat("stamped").modified();
    assertThat(Duration.between(modified, storage.now()).abs()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void saysWhereItIs() {
    assertThat(storage.display()).isNotBlank();
  }
}
