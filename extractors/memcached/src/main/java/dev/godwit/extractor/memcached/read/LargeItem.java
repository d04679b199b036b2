package dev.godwit.extractor.memcached.read;

import dev.godwit.extractor.memcached.session.MemcachedFailure;
import dev.godwit.spi.record.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A value that does not stay in its row, hashed as it is read from the server. */
final class LargeItem extends InputStream {
  private final Item item;
  private final Gets gets;
  private final MemcachedFailure failures;
  private final MessageDigest digest;
  private long left;

  LargeItem(Item item, Gets gets, MemcachedFailure failures) {
    this.item = item;
    this.gets = gets;
    this.failures = failures;
    this.left = item.length();
    this.digest = Sha256.begin();
  }

  Item item() {
    return item;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) {
    if (left == 0) {
      return -1;
    }
    try {
      int read = gets.answers().some(into, offset, (int) Math.min(count, left));
      left -= read;
      digest.update(into, offset, read);
      return read;
    } catch (IOException e) {
      throw failures.lost(e); // to whoever reads it, who knows nothing of servers
    }
  }

  /** Reads what is left; the hash of all. */
  byte[] finish() throws IOException {
    byte[] piece = new byte[1 << 16];
    while (read(piece, 0, piece.length) >= 0) {}
    gets.endOfValue();
    return digest.digest();
  }
}
