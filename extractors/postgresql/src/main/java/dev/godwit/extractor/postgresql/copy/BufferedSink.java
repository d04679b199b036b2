package dev.godwit.extractor.postgresql.copy;

import java.io.IOException;
import java.io.InputStream;

/** The one buffer before a sink; given on once it is full, between fields. */
final class BufferedSink {
  private static final int FULL = 128 << 10;

  private final CopySink sink;
  private final ByteOut out = new ByteOut(FULL + (16 << 10));
  private final byte[] chunk = new byte[64 << 10];

  BufferedSink(CopySink sink) {
    this.sink = sink;
  }

  /** Where fields are written. */
  ByteOut out() {
    return out;
  }

  /** Gives on what there is, if it is much. */
  void mayFlush() throws IOException {
    if (out.length() >= FULL) {
      flush();
    }
  }

  void flush() throws IOException {
    if (out.length() > 0) {
      sink.write(out.bytes(), 0, out.length());
      out.clear();
    }
  }

  /** Passes so many bytes of a stream on as they are. */
  void pass(InputStream bytes, long length) throws IOException {
    flush();
    for (long left = length; left > 0; ) {
      int read = bytes.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        throw new Malformed("a large value has fewer bytes than its reference says");
      }
      sink.write(chunk, 0, read);
      left -= read;
    }
  }
}
