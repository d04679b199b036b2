package dev.godwit.vault.list;

import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.plane.BentFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a sealed list begins with, in the open: a mark of its plane, the version, and in the reader
 * plane the sealed key of the run that wrote it.
 */
final class SealedListHead {
  private static final String WRITER = "GODWITLW";
  private static final String READER = "GODWITLR";

  private SealedListHead() {}

  static void writeWriterPlane(OutputStream stored) throws IOException {
    stored.write(head(WRITER));
  }

  static void writeReaderPlane(OutputStream stored, byte[] sealedKey) throws IOException {
    stored.write(head(READER));
    stored.write(sealedKey.length & 0xFF);
    stored.write(sealedKey.length >>> 8);
    stored.write(sealedKey);
  }

  private static byte[] head(String mark) {
    return ByteBuffer.allocate(12)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(mark.getBytes(StandardCharsets.US_ASCII))
        .putInt(FormatVersion.CURRENT)
        .array();
  }

  static void readWriterPlane(InputStream stored) throws IOException {
    read(stored, WRITER);
  }

  /** Reads the sealed key. */
  static byte[] readReaderPlane(InputStream stored) throws IOException {
    read(stored, READER);
    byte[] length = stored.readNBytes(2);
    int bytes = length.length < 2 ? 0 : (length[0] & 0xFF) | (length[1] & 0xFF) << 8;
    byte[] key = stored.readNBytes(bytes);
    if (bytes == 0 || key.length != bytes) {
      throw new BentFileException("ends before its key");
    }
    return key;
  }

  private static void read(InputStream stored, String mark) throws IOException {
    byte[] head = stored.readNBytes(12);
    if (head.length != 12 || !new String(head, 0, 8, StandardCharsets.ISO_8859_1).equals(mark)) {
      throw new BentFileException("is no sealed list of this kind");
    }
    int version = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(8);
    FormatVersion.require(version, "a list");
  }
}
