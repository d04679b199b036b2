package dev.godwit.extractor.postgresql.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What the server sends, as the driver reads it. It remembers the last bytes that the driver took,
 * so that we know when the driver has nothing buffered: its last bytes are then a whole
 * ReadyForQuery message (PostgreSQL manual, "Message Formats"). No other message that the server
 * sends unasked can end like this one: notices, notifications and parameter states end in a zero.
 *
 * <p>Between two statements of the driver others may read here with {@link #take}; what they took
 * and did not need goes back with {@link #giveBack}, and comes first in the next read of either.
 */
final class WatchedStream extends InputStream {
  private static final int READY_LENGTH = 6;
  private static final long READY = 0x5A_00_00_00_05L;

  private final InputStream source;
  private byte[] returned = new byte[0];
  private int returnedFrom;
  private long tail;

  WatchedStream(InputStream source) {
    this.source = source;
  }

  /** Whether the last bytes that the driver took were a ReadyForQuery message. */
  boolean idle() {
    int state = (int) (tail & 0xFF);
    return ((tail >>> 8) & 0xFF_FFFF_FFFFL) == READY
        && (state == 'I' || state == 'T' || state == 'E');
  }

  /** Bytes that were given back and not read again. */
  int waiting() {
    return returned.length - returnedFrom;
  }

  /** Reads behind the driver's back; as {@link InputStream#read(byte[], int, int)}. */
  int take(byte[] bytes, int offset, int length) throws IOException {
    if (waiting() > 0) {
      int count = Math.min(length, waiting());
      System.arraycopy(returned, returnedFrom, bytes, offset, count);
      returnedFrom += count;
      return count;
    }
    return source.read(bytes, offset, length);
  }

  /** Gives back bytes that belong to whoever reads next. */
  void giveBack(ByteBuffer rest) {
    byte[] bytes = new byte[rest.remaining() + waiting()];
    int count = rest.remaining();
    rest.get(bytes, 0, count);
    System.arraycopy(returned, returnedFrom, bytes, count, waiting());
    returned = bytes;
    returnedFrom = 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = take(bytes, offset, length);
    for (int i = Math.max(0, count - READY_LENGTH); i < count; i++) {
      tail = (tail << 8) | (bytes[offset + i] & 0xFF);
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return waiting() + source.available();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
