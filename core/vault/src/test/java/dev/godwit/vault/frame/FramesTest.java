package dev.godwit.vault.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.FrameSource;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.OtherKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.testing.Bench;
import dev.godwit.vault.testing.SealedVault;
import dev.godwit.vault.volume.ForgedHeader;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A frame opens as the block that it is, with a key that the writer plane vouches for. */
class FramesTest {
  private final MemoryStorage storage = new MemoryStorage();
  private final SealedVault sealed =
      new SealedVault(storage, keys -> Vault.create(storage, Optional.of(keys)));
  private final Bench bench = new Bench();
  private String path;
  private VolumeTable table;

  @BeforeEach
  void backUp() throws IOException, DamagedBlockException {
    Manifest manifest;
    try (Vault vault = sealed.writer()) {
      manifest = bench.backUp(vault, "shop.public.orders", 2, 100);
    }
    assertThat(manifest.totals().blocks()).isEqualTo(4);
    path = sealed.paths("volumes").get(0);
    VolumeId id = Layout.volumeAt(path).orElseThrow();
    table = VolumeTable.read(sealed.files(), id, storage.stat(path).size());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private FrameSource frames() {
    try (Vault vault = sealed.reader()) {
      return Frames.opening(new VaultFiles(storage, vault.id(), vault.keys()));
    }
  }

  private ByteBuffer stored(BlockRef ref) throws IOException {
    ByteBuffer stored = ByteBuffer.allocateDirect(ref.length());
    storage.read(path, ref.offset(), stored);
    return stored.flip();
  }

  @Test
  void aFrameOpensAsItsBlock() throws IOException, DamagedBlockException {
    BlockRef block = table.block(0);
    FrameSource frames = frames();
    ByteBuffer opened = frames.unseal(block, stored(block));
    assertThat(opened.remaining()).isEqualTo(block.length() - 36);
    assertThat(frames.rawLength(block, opened)).isPositive();
  }

  @Test
  void aFrameOfAnotherBlockAtItsPlaceIsRefused() throws IOException, DamagedBlockException {
    FrameSource frames = frames();
    ByteBuffer other = stored(table.block(1));
    assertThatThrownBy(() -> frames.unseal(table.block(0), other))
        .isInstanceOf(DamagedBlockException.class)
        .hasMessageContaining("another piece");
  }

  @Test
  void aFrameThatIsCutOrBentIsRefused() throws IOException, DamagedBlockException {
    BlockRef block = table.block(0);
    for (int cut : new int[] {0, 7, 8, 35, 36, block.length() - 1}) {
      assertThatThrownBy(() -> frames().unseal(block, stored(block).limit(cut)))
          .isInstanceOf(DamagedBlockException.class);
    }
    for (int at = 0; at < block.length(); at += 5) {
      ByteBuffer bent = stored(block);
      bent.put(at, (byte) (bent.get(at) ^ 1));
      assertThatThrownBy(() -> frames().unseal(block, bent))
          .isInstanceOf(DamagedBlockException.class);
    }
  }

  /** Anybody can seal a key to the public key, and frames with it. */
  @Test
  void aKeyThatTheWriterPlaneDoesNotVouchForIsNotUsed() throws Exception {
    BlockRef block = table.block(0);
    ByteBuffer forged =
        ForgedHeader.sealedByAThief(sealed, OtherKeys.ofAThief(sealed.writerKey()), path, block);
    assertThatThrownBy(() -> frames().unseal(block, forged))
        .isInstanceOf(DamagedBlockException.class)
        .hasMessageContaining("forged header");
  }
}
