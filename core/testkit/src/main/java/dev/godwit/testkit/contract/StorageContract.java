package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every storage keeps to. A storage's test extends it. */
public abstract class StorageContract extends StorageWritingContract {
  @Test
  void readsAnyRange() throws IOException {
    storage().replace("f", content("0123456789"));
    ByteBuffer into = ByteBuffer.allocate(4);
    assertThat(storage().read("f", 3, into)).isEqualTo(4);
    assertThat(new String(into.array(), StandardCharsets.UTF_8)).isEqualTo("3456");
    assertThat(storage().read("f", 8, into.clear())).isEqualTo(2);
    ByteBuffer direct = ByteBuffer.allocateDirect(2);
    assertThat(storage().read("f", 0, direct)).isEqualTo(2);
    assertThat(direct.get(1)).isEqualTo((byte) '1');
    ByteBuffer middle = ByteBuffer.allocate(6).position(1).limit(4);
    assertThat(storage().read("f", 5, middle)).isEqualTo(3);
    assertThat(middle.array()).containsExactly(0, '5', '6', '7', 0, 0);
  }

  @Test
  void readsNothingAtTheEndAndBeyond() throws IOException {
    storage().replace("f", content("0123456789"));
    ByteBuffer into = ByteBuffer.allocate(4);
    assertThat(storage().read("f", 10, into)).isZero();
    assertThat(storage().read("f", 5_000_000_000L, into)).isZero();
    assertThat(into.position()).isZero();
    assertThat(storage().read("f", 3, ByteBuffer.allocate(0))).isZero();
  }

  @Test
  void readsALargeRangeAtOnce() throws IOException {
    try (var writer = storage().create("big")) {
      fill(writer, BIG / MIB, 1);
      writer.commit();
    }
    ByteBuffer into = ByteBuffer.allocateDirect(6 * MIB);
    assertThat(storage().read("big", 3L * MIB - 1, into)).isEqualTo(6 * MIB);
    assertThat(into.get(0)).isEqualTo((byte) 3);
    assertThat(into.get(1)).isEqualTo((byte) 4);
    assertThat(into.get(6 * MIB - 1)).isEqualTo((byte) 9);
    assertThat(storage().read("big", (long) BIG - 5, into.clear())).isEqualTo(5);
  }

  @Test
  void listsAllFilesBelowAFolder() throws IOException {
    for (String path : List.of("a/1", "a/b/2", "a/b/c/3", "ab/4", "5")) {
      storage().replace(path, content(path));
    }
    assertThat(list("a")).containsExactly("a/1", "a/b/2", "a/b/c/3");
    assertThat(list("a/b")).containsExactly("a/b/2", "a/b/c/3");
    assertThat(list("")).containsExactly("5", "a/1", "a/b/2", "a/b/c/3", "ab/4");
    assertThat(list("nothing")).isEmpty();
    try (Stream<Storage.StoredFile> files = storage().list("ab")) {
      assertThat(files.findFirst().orElseThrow()).isEqualTo(storage().stat("ab/4"));
    }
  }

  @Test
  void listsMoreFilesThanAPageHolds() throws IOException {
    List<String> paths =
        IntStream.range(100, 160).mapToObj(i -> "many/" + i % 4 + "/" + i).toList();
    for (String path : paths) {
      storage().replace(path, content(path));
    }
    assertThat(list("many")).containsExactlyElementsOf(paths.stream().sorted().toList());
  }

  @Test
  void takesNamesOfOddCharacters() throws IOException {
    List<String> paths =
        List.of(
            "odd/a b",
            "odd/a+b",
            "odd/a%2Fb",
            "odd/a=b&c",
            "odd/k\u00e4se \u20ac \ud83d\udc26",
            "odd/'q'",
            "odd/.hid",
            "odd/#1?");
    for (String path : paths) {
      assertThat(storage().createIfAbsent(path, content(path))).isTrue();
    }
    assertThat(list("odd")).containsExactlyInAnyOrderElementsOf(paths);
    for (String path : paths) {
      assertThat(read(path)).isEqualTo(path);
      storage().delete(path);
    }
    assertThat(list("")).isEmpty();
  }

  @Test
  void deletesAFileAndOnlyThat() throws IOException {
    storage().replace("a/1", content("1"));
    storage().replace("a/2", content("2"));
    storage().delete("a/1");
    storage().delete("a/1");
    storage().delete("never/was");
    assertThat(list("")).containsExactly("a/2");
  }

  @Test
  void aMissingFileIsSaidToBeMissing() {
    assertThatThrownBy(() -> storage().read("a/none", 0, ByteBuffer.allocate(1)))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> storage().stat("a/none")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void stampsFilesByItsOwnClock() throws IOException {
    storage().replace("stamped", content("x"));
    Instant modified = storage().stat("stamped").modified();
    assertThat(Duration.between(modified, storage().now()).abs()).isLessThan(Duration.ofMinutes(1));
    assertThat(list("")).containsExactly("stamped");
  }

  @Test
  void anotherProcessSeesTheSameFiles() throws IOException {
    storage().replace("a/1", content("1"));
    try (Storage next = openAgain()) {
      assertThat(list(next, "")).containsExactly("a/1");
      assertThat(next.createIfAbsent("a/1", content("2"))).isFalse();
      next.replace("a/1", content("3"));
    }
    assertThat(read("a/1")).isEqualTo("3");
  }

  @Test
  void saysWhereItIs() {
    assertThat(storage().display()).isNotBlank();
  }
}
