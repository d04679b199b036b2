package dev.godwit.vault.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.block.BlockBuffer;
import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockOpener;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.FrameSource;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.fuzz.HostileVault.Reader;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.LocalFolder;
import dev.godwit.vault.volume.VolumeTable;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of readers that bent vaults have shown; each stays mended. */
class MendedTest {
  private static final long GIBI = 1L << 30;

  private static void isDamaged(Reader reader, String text) {
    assertThatThrownBy(
            () -> reader.read(text.getBytes(StandardCharsets.UTF_8), new MemoryStorage()))
        .isInstanceOfSatisfying(
            GodwitException.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.DAMAGED));
  }

  private static String seed(Reader reader) throws Exception {
    byte[] seed = Seeds.make().get(reader);
    return new String(seed, 1, seed.length - 1, StandardCharsets.UTF_8);
  }

  private static void bent(Reader reader, String... fromTo) throws Exception {
    String whole = seed(reader);
    for (int i = 0; i < fromTo.length; i += 2) {
      String text = whole.replaceAll(fromTo[i], fromTo[i + 1]);
      assertThat(text).as(fromTo[i]).isNotEqualTo(whole);
      isDamaged(reader, text);
    }
  }

  @Test
  void aVaultFileThatMakesNoSense() throws Exception {
    bent(
        Reader.VAULT_FILE,
        "\"created\" : \"[^\"]*\"",
        "\"created\" : \"yesterday\"",
        "\"id\" : \"[^\"]*\"",
        "\"id\" : \"../../../etc\"",
        "\"volumeBytes\" : \\d+",
        "\"volumeBytes\" : 0",
        "\"volumeBlocks\" : \\d+",
        "\"volumeBlocks\" : -1");
  }

  @Test
  void aManifestThatNamesAPlaceElsewhere() throws Exception {
    bent(
        Reader.MANIFEST,
        "\"contents\" : \"[^\"]*\"",
        "\"contents\" : \"../../vault.json\"",
        "\"objects\" : \"[^\"]*\"",
        "\"objects\" : \"x\"",
        "\"scope\" : \"[^\"]*\"",
        "\"scope\" : null",
        "\"guarantee\" : \"[^\"]*\"",
        "\"guarantee\" : null");
  }

  @Test
  void contentsThatMakeNoSense() throws Exception {
    isDamaged(Reader.CONTENTS, "{\"format\":1}\n");
    isDamaged(Reader.CONTENTS, "{\"list\":\"contents\",\"format\":1}\nnull\n");
    bent(
        Reader.CONTENTS,
        "\"partitions\":1",
        "\"partitions\":null",
        "\"name\":\\[[^\\]]*\\]",
        "\"name\":null",
        "\"name\":\\[[^\\]]*\\],\"kind\"",
        "\"name\":[],\"kind\"",
        "\"axis\":\"page\"",
        "\"axis\":null",
        "\"volume\":\"[^\"]*\"",
        "\"volume\":null",
        "\"list\":\"[0-9a-f]{64}\"",
        "\"list\":\"../x\"");
  }

  @Test
  void aLineWithoutAnEnd() {
    isDamaged(Reader.CONTENTS, "{\"list\":\"contents\",\"format\":1}\n" + " ".repeat(33 << 20));
  }

  @Test
  void anAuditRecordWithHoles() throws Exception {
    String record = seed(Reader.AUDIT);
    for (String[] hole :
        new String[][] {
          {"who", "null"},
          {"counts", "{\"n\" : null}"},
          {"what", "{\"k\" : null}"},
          {"heads", "[null]"}
        }) {
      String field = "(?s)\"" + hole[0] + "\" : (\\{.*?\\}|\\[.*?\\])";
      String bent = record.replaceAll(field, '"' + hole[0] + "\" : " + hole[1]);
      assertThat(bent).isNotEqualTo(record);
      // Told as damage, not thrown: all other records are still shown.
      Reader.AUDIT.read(bent.getBytes(StandardCharsets.UTF_8), new MemoryStorage());
    }
  }

  @Test
  void aFrameWhoseLengthIsALie() throws Exception {
    byte[] frame = Zstd.compress(new byte[1000]);
    BlockRef lie =
        new BlockRef(
            BlockId.of(new byte[32]),
            VolumeId.random(),
            40,
            frame.length,
            Integer.MAX_VALUE,
            1,
            BlockKind.BATCH,
            0);
    try (RootAllocator allocator = new RootAllocator(1 << 20);
        BlockBuffer raw = new BlockBuffer(allocator);
        BlockOpener opener = new BlockOpener(FrameSource.plain())) {
      ByteBuffer stored = ByteBuffer.allocateDirect(frame.length).put(frame).flip();
      assertThatThrownBy(() -> opener.open(lie, stored, raw))
          .isInstanceOf(DamagedBlockException.class);
      assertThat(allocator.getPeakMemoryAllocation()).isZero();
      assertThatThrownBy(() -> raw.atLeast(Integer.MAX_VALUE))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("does not fit into the memory");
    }
  }

  @Test
  void aFooterAsLargeAsItsFile(@TempDir Path folder) throws Exception {
    byte[] seed = Seeds.make().get(Reader.VOLUME);
    byte[] whole = Arrays.copyOfRange(seed, 1, seed.length);
    VolumeId id = VolumeId.from(ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).position(20));
    Path file = folder.resolve(Layout.volume(id));
    Files.createDirectories(file.getParent());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(whole, 0, 40);
      sparse.setLength(GIBI);
      byte[] trailer = Arrays.copyOfRange(whole, whole.length - 20, whole.length);
      ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 40);
      sparse.seek(GIBI - 20);
      sparse.write(trailer);
    }
    try (LocalFolder storage = new LocalFolder(folder)) {
      assertThatThrownBy(() -> VolumeTable.read(VaultFiles.plain(storage), id, GIBI))
          .isInstanceOf(DamagedBlockException.class)
          .hasMessageContaining("bent footer");
    }
  }

  @Test
  void aTableThatCountsMoreBlocksThanItHas() throws Exception {
    byte[] seed = Seeds.make().get(Reader.VOLUME);
    byte[] file = Arrays.copyOfRange(seed, 1, seed.length);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int footerAt = (int) bytes.getLong(file.length - 20);
    // 2^30 more entries of 60 bytes are a whole multiple of 2^32 bytes more.
    bytes.putInt(footerAt + 36, bytes.getInt(footerAt + 36) + (1 << 30));
    assertThatThrownBy(() -> Reader.VOLUME.read(file, new MemoryStorage()))
        .isInstanceOf(DamagedBlockException.class)
        .hasMessageContaining("bent footer");
  }

  @Test
  void aSlotThatPointsOutOfTheIndex() throws Exception {
    byte[] seed = Seeds.make().get(Reader.INDEX);
    byte[] file = Arrays.copyOfRange(seed, 1, seed.length);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int fanOutAt = (int) (16 + bytes.getLong(file.length - 28) * 64);
    bytes.putInt(fanOutAt + 4, Integer.MAX_VALUE);
    assertThatThrownBy(() -> Reader.INDEX.read(file, new MemoryStorage()))
        .isInstanceOf(DamagedBlockException.class)
        .hasMessageContaining("slots");
  }
}
