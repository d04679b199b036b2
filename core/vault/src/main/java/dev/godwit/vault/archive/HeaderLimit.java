package dev.godwit.vault.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets few bytes pass between the contents of two files of a tar: names that a header gives are
 * held whole, and its form lets one be gigabytes.
 */
final class HeaderLimit extends FilterInputStream {
  private static final int MOST = 1 << 20;

  private long left = MOST;

  HeaderLimit(InputStream in) {
    super(in);
  }

  /** A file's contents come next, of any length. */
  void contents() {
    left = Long.MAX_VALUE;
  }

  /** Headers come next. */
  void headers() {
    left = MOST;
  }

  private void require() throws IOException {
    if (left <= 0) {
      throw new IOException("a header has more than 1 MiB");
    }
  }

  @Override
  public int read() throws IOException {
    require();
    left--;
    return super.read();
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    require();
    int read = super.read(into, from, (int) Math.min(left, count));
    left -= Math.max(read, 0);
    return read;
  }
}
