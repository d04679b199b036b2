package dev.godwit.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What whoever holds the storage of an encrypted vault may do to its files: all of it is found. */
class HostileStorageTest {
  private static final VolumeLimits SMALL = new VolumeLimits(16 << 10, 100);

  private final MemoryStorage storage = new MemoryStorage();
  private final SealedVault sealed =
      new SealedVault(storage, keys -> Vault.create(storage, SMALL, Optional.of(keys)));
  private final Bench bench = new Bench();
  private Manifest manifest;

  @BeforeEach
  void backUp() {
    manifest = backUp(1000);
  }

  private Manifest backUp(int rows) {
    try (Vault vault = sealed.writer();
        SnapshotWriter writer = vault.write(Bench.draft("shop"), bench.context)) {
      bench.write(writer, "shop.public.orders", 2, 8, rows);
      return Bench.seal(writer);
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void requireFound(String path) {
    try (Vault vault = sealed.reader()) {
      assertThat(bench.check(vault, true).damages())
          .as(path)
          .anySatisfy(damage -> assertThat(damage.file()).isEqualTo(path));
    }
  }

  /** Reading ends with a failure of one line that names the file. */
  private void requireRefused(String path) {
    try (Vault vault = sealed.reader()) {
      assertThatThrownBy(() -> bench.read(vault, vault.find(SnapshotChoice.LATEST)))
          .as(path)
          .isInstanceOfSatisfying(
              GodwitException.class,
              e -> {
                assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED);
                assertThat(e.getMessage()).contains(path).doesNotContain("\n");
              });
    }
  }

  private void requireWhole() {
    try (Vault vault = sealed.reader()) {
      assertThat(bench.check(vault, true).damages()).isEmpty();
      assertThat(bench.read(vault, manifest)).hasSize(16_000);
    }
  }

  private static void fixTrailer(byte[] volume, long footerAt) {
    ByteBuffer bytes = ByteBuffer.wrap(volume).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(volume.length - 20, footerAt);
    CRC32C crc = new CRC32C();
    crc.update(volume, (int) footerAt, (int) (volume.length - 12 - footerAt));
    bytes.putInt(volume.length - 12, (int) crc.getValue());
  }

  private static int footerAt(byte[] volume) {
    return (int) ByteBuffer.wrap(volume).order(ByteOrder.LITTLE_ENDIAN).getLong(volume.length - 20);
  }

  @Test
  void volumesAndListsThatAreSwappedAreFound() throws IOException {
    for (String below : List.of("volumes", "lists", "snapshots")) {
      backUp(10);
      List<String> paths = sealed.paths(below);
      byte[] first = sealed.bytes(paths.get(0));
      byte[] second = sealed.bytes(paths.get(1));
      storage.replace(paths.get(0), second);
      storage.replace(paths.get(1), first);
      requireFound(paths.get(0));
      requireFound(paths.get(1));
      storage.replace(paths.get(0), first);
      storage.replace(paths.get(1), second);
      requireWhole();
    }
  }

  @Test
  void filesThatAreCutOrGoOnAreFound() throws IOException {
    for (String path : sealed.paths("")) {
      if (path.equals("vault.json")) {
        continue; // its own tests are beside the keys
      }
      byte[] bytes = sealed.bytes(path);
      for (int length :
          new int[] {
            0, 1, bytes.length / 2, bytes.length - 1, bytes.length + 1, bytes.length * 2
          }) {
        byte[] other = Arrays.copyOf(bytes, length);
        System.arraycopy(bytes, 0, other, length / 2, length == bytes.length * 2 ? length / 2 : 0);
        storage.replace(path, other);
        requireFound(path);
      }
      storage.replace(path, bytes);
    }
    requireWhole();
  }

  @Test
  void anOlderFileUnderANewersNameIsFound() throws IOException {
    List<String> volumes = sealed.paths("volumes");
    String snapshot = sealed.paths("snapshots").get(0);
    Manifest newer = backUp(900);
    for (String below : List.of("volumes", "snapshots")) {
      String old = below.equals("volumes") ? volumes.get(0) : snapshot;
      for (String path : sealed.paths(below)) {
        if (path.equals(old) || volumes.contains(path)) {
          continue;
        }
        byte[] bytes = sealed.bytes(path);
        storage.replace(path, sealed.bytes(old));
        requireFound(path);
        requireRefused(path);
        storage.replace(path, bytes);
        break;
      }
    }
    String list = "lists/" + newer.contents().substring(0, 2) + '/' + newer.contents();
    String older = "lists/" + manifest.contents().substring(0, 2) + '/' + manifest.contents();
    storage.replace(list, sealed.bytes(older));
    requireFound(list);
    requireRefused(list);
  }

  @Test
  void anOldSnapshotIsNotTakenForANewer() throws IOException {
    String old = sealed.paths("snapshots").get(0);
    backUp(10);
    String renamed = "snapshots/20990101T000000.000Z" + old.substring(old.lastIndexOf('-'));
    storage.createIfAbsent(renamed, sealed.bytes(old));
    requireFound(renamed);
    requireRefused(renamed);
  }

  @Test
  void aVolumeUnderAnothersNameIsFoundWhateverItSaysOfItself() throws IOException {
    List<String> paths = sealed.paths("volumes");
    byte[] first = sealed.bytes(paths.get(0));
    byte[] second = sealed.bytes(paths.get(1));
    byte[] forged = second.clone();
    System.arraycopy(first, 20, forged, 20, 16); // the id in the header
    int header = 8 + ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    CRC32C crc = new CRC32C();
    crc.update(forged, 0, header - 4);
    ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putInt(header - 4, (int) crc.getValue());
    int footerAt = footerAt(forged);
    System.arraycopy(first, 20, forged, footerAt + 20, 16);
    fixTrailer(forged, footerAt);
    storage.replace(paths.get(0), forged);
    requireFound(paths.get(0));
    requireRefused(paths.get(0));
  }

  @Test
  void aFooterOfAnotherVolumeIsFound() throws IOException {
    List<String> paths = sealed.paths("volumes");
    byte[] first = sealed.bytes(paths.get(0));
    byte[] second = sealed.bytes(paths.get(1));
    byte[] footer = Arrays.copyOfRange(second, footerAt(second), second.length);
    byte[] forged = Arrays.copyOf(first, footerAt(first) + footer.length);
    System.arraycopy(footer, 0, forged, footerAt(first), footer.length);
    System.arraycopy(first, 20, forged, footerAt(first) + 20, 16);
    fixTrailer(forged, footerAt(first));
    storage.replace(paths.get(0), forged);
    requireFound(paths.get(0));
    try (Vault vault = sealed.writer()) {
      assertThat(bench.check(vault, false).damages())
          .anySatisfy(damage -> assertThat(damage.what()).contains("forged footer"));
    }
  }

  @Test
  void aForgedSegmentOfTheIndexIsNotBelieved() throws IOException {
    String path = sealed.paths("index").get(0);
    byte[] segment = sealed.bytes(path);
    segment[16 + 36] ^= 4; // an offset of the first record
    CRC32C crc = new CRC32C();
    crc.update(segment, 0, segment.length - 28);
    ByteBuffer.wrap(segment)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(segment.length - 12, (int) crc.getValue());
    storage.replace(path, segment);
    try (Vault vault = sealed.writer()) {
      assertThat(bench.check(vault, false).damages())
          .singleElement()
          .satisfies(damage -> assertThat(damage.file()).isEqualTo(path));
    }

    assertThat(backUp(1000).totals().newBytes()).isZero();

    assertThat(bench.warnings).anyMatch(w -> w.contains("was not written by whom it names"));
    requireWhole();
  }
}
