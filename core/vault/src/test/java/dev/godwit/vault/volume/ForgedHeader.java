package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.key.DataKey;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.RunKeys;
import dev.godwit.vault.testing.SealedVault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** What a thief makes of a volume. */
public final class ForgedHeader {
  private ForgedHeader() {}

  /** Gives a volume a header with a key of the thief's, and returns a frame sealed with it. */
  public static ByteBuffer sealedByAThief(
      SealedVault vault, WriterKeys thief, String path, BlockRef block) throws IOException {
    DataKey key = thief.newDataKey();
    byte[] volume = vault.bytes(path);
    String vaultId = vault.files().vaultId();
    byte[] header = SealedHeader.write(thief, vaultId, block.volume(), List.of(key.sealed()));
    System.arraycopy(header, 0, volume, 0, header.length);
    vault.storage.replace(path, volume);
    byte[] content = new byte[100];
    ByteBuffer frame = ByteBuffer.allocateDirect(8 + content.length + DataKey.OVERHEAD);
    frame.putLong(RunKeys.mark(key.sealed()));
    key.encrypt(ByteBuffer.wrap(content), block.id().bytes(), frame);
    return frame.flip();
  }
}
