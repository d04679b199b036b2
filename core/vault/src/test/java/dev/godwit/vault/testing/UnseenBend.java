package dev.godwit.vault.testing;

import dev.godwit.spi.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Bends a file so that no CRC-32C shows it: its own polynomial is added to some 33 bits. */
public final class UnseenBend {
  private static final long POLYNOMIAL = 1 | 0x82F63B78L << 1;

  private UnseenBend() {}

  /** Bends eight bytes of a file. */
  public static void of(Storage storage, String path, int at) throws IOException {
    ByteBuffer file = ByteBuffer.allocate((int) storage.stat(path).size());
    storage.read(path, 0, file);
    byte[] bent = file.array();
    long before = crc(bent);
    ByteBuffer little = ByteBuffer.wrap(bent).order(ByteOrder.LITTLE_ENDIAN);
    little.putLong(at, little.getLong(at) ^ POLYNOMIAL);
    if (crc(bent) != before) {
      throw new IllegalStateException("CRC-32C would show it");
    }
    storage.replace(path, bent);
  }

  private static long crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return crc.getValue();
  }
}
