package dev.godwit.vault.plane;

import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.key.BentSealException;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.key.WriterKeys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Small files in the writer plane: a mark, the version, and the sealed bytes; see VAULT-FORMAT. */
record SealedFile(WriterKeys keys, Plane part, String vaultId) implements FileSeal {
  private static final int HEAD = 12;
  private static final byte[] MARK = "GODWITSW".getBytes(StandardCharsets.US_ASCII);

  @Override
  public byte[] seal(String what, byte[] plain) {
    byte[] sealed = keys.seal(part, plain, aad(what));
    return ByteBuffer.allocate(HEAD + sealed.length).put(head()).put(sealed).array();
  }

  @Override
  public byte[] open(String what, byte[] stored) throws BentFileException {
    if (stored.length < HEAD || !Arrays.equals(stored, 0, MARK.length, MARK, 0, MARK.length)) {
      throw new BentFileException("is not sealed");
    }
    int version = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt(MARK.length);
    if (version != FormatVersion.CURRENT) {
      throw new BentFileException(FormatVersion.wrong(version));
    }
    try {
      return keys.open(part, Arrays.copyOfRange(stored, HEAD, stored.length), aad(what));
    } catch (BentSealException e) {
      throw new BentFileException("is bent or forged", e);
    }
  }

  private static byte[] head() {
    return ByteBuffer.allocate(HEAD)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MARK)
        .putInt(FormatVersion.CURRENT)
        .array();
  }

  private byte[] aad(String what) {
    return (what + ' ' + vaultId).getBytes(StandardCharsets.UTF_8);
  }
}
