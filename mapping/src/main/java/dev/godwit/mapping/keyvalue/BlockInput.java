package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.GrowingBytes;
import java.io.IOException;
import java.io.InputStream;

/** A stream that is written otherwise while it is read, block by block. */
final class BlockInput extends InputStream {
  /** Bytes of a block: so many times three that blocks of base 64 can follow each other. */
  private static final int BLOCK = 48 << 10;

  /** Writes a block; every block but the last is full. */
  @FunctionalInterface
  interface Writing {
    void write(byte[] bytes, int from, int to, GrowingBytes out);
  }

  private final InputStream in;
  private final Writing writing;
  private final byte[] block = new byte[BLOCK];
  private final GrowingBytes written = new GrowingBytes();
  private int at;

  /** Reads a stream, which is closed with this one. */
  BlockInput(InputStream in, Writing writing) {
    this.in = in;
    this.writing = writing;
  }

  private boolean fill() throws IOException {
    while (at == written.size()) {
      int length = in.readNBytes(block, 0, BLOCK);
      if (length == 0) {
        return false;
      }
      at = 0;
      written.cutTo(0);
      writing.write(block, 0, length, written);
    }
    return true;
  }

  @Override
  public int read() throws IOException {
    return fill() ? written.array()[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    } else if (!fill()) {
      return -1;
    }
    int taken = Math.min(length, written.size() - at);
    System.arraycopy(written.array(), at, into, offset, taken);
    at += taken;
    return taken;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
