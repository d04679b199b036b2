package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An empty place, open, and what its tests do with it again and again. */
abstract class StorageScene {
  /** Larger than what any storage sends at once. */
  static final int BIG = 20 << 20;

  static final int MIB = 1 << 20;

  private Storage storage;

  /** Opens an empty place, another at each call; the contract closes it. */
  protected abstract Storage openEmpty() throws IOException;

  /** Opens the place of the last {@link #openEmpty} once more, as another process would. */
  protected abstract Storage openAgain() throws IOException;

  @BeforeEach
  final void openPlace() throws IOException {
    storage = openEmpty();
  }

  @AfterEach
  final void closePlace() throws IOException {
    storage.close();
  }

  final Storage storage() {
    return storage;
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(content(text));
  }

  static byte[] content(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  final String read(String path) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(100);
    int read = storage.read(path, 0, into);
    assertThat(read).isEqualTo(into.position());
    return new String(into.array(), 0, Math.max(read, 0), StandardCharsets.UTF_8);
  }

  final List<String> list(String folder) throws IOException {
    return list(storage, folder);
  }

  static List<String> list(Storage storage, String folder) throws IOException {
    try (Stream<Storage.StoredFile> files = storage.list(folder)) {
      return files.map(Storage.StoredFile::path).sorted().toList();
    }
  }

  /** Writes so many MiB, the bytes of each its number plus {@code first}. */
  static void fill(StorageWriter writer, int count, int first) throws IOException {
    byte[] piece = new byte[MIB];
    for (int i = 0; i < count; i++) {
      java.util.Arrays.fill(piece, (byte) (first + i));
      writer.write(ByteBuffer.wrap(piece));
    }
  }

  /** Reads so many MiB that {@link #fill} wrote, and proves each byte. */
  static void proveFilled(Storage storage, String path, int count, int first) throws IOException {
    assertThat(storage.stat(path).size()).isEqualTo((long) count * MIB);
    byte[] expected = new byte[MIB];
    ByteBuffer into = ByteBuffer.allocate(MIB);
    for (int i = 0; i < count; i++) {
      assertThat(storage.read(path, (long) i * MIB, into.clear())).isEqualTo(MIB);
      java.util.Arrays.fill(expected, (byte) (first + i));
      assertThat(into.array()).isEqualTo(expected);
    }
  }
}
