package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import org.apache.arrow.memory.util.MemoryUtil;

/** The large value under way: hashed while its taker reads it. */
final class LargeField {
  private DigestInputStream bytes;
  private long length;

  boolean isOpen() {
    return bytes != null;
  }

  /** Opens the field that the message stands at. */
  LargeValue open(MessageReader message, Form form, int fieldLength) throws IOException {
    length = fieldLength;
    if (form == Form.Scalar.JSONB) {
      if (MemoryUtil.getByte(message.take(1)) != 1) {
        throw new Malformed("a jsonb value is not of version 1");
      }
      length--;
    }
    bytes = new DigestInputStream(message.open((int) length), Sha256.begin());
    return new LargeValue(bytes);
  }

  /** Reads what its taker left, and says what it was; row and column are still 0. */
  LargeReference finish() throws IOException {
    byte[] rest = new byte[64 << 10];
    InputStream left = bytes;
    while (left.read(rest) >= 0) {}
    LargeReference reference = new LargeReference(0, 0, length, bytes.getMessageDigest().digest());
    bytes = null;
    return reference;
  }

  void forget() {
    bytes = null;
  }
}
