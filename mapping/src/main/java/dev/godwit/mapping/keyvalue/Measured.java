package dev.godwit.mapping.keyvalue;

import dev.godwit.spi.record.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;

/** A stream of which length and hash are known once it was read to its end. */
final class Measured extends DigestInputStream {
  private long length;

  Measured(InputStream in) {
    super(in, Sha256.begin());
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    length += read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    int taken = super.read(into, offset, most);
    length += Math.max(0, taken);
    return taken;
  }

  /** In bytes. */
  long length() {
    return length;
  }

  /** Of all bytes; asked once. */
  byte[] sha256() {
    return getMessageDigest().digest();
  }
}
