package dev.godwit.extractor.postgresql.copy;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Messages as a socket brings them: framed, in pieces that end anywhere. */
final class ReceivedData implements CopyData {
  private final ByteBuffer wire;
  private final int piece;
  private int length;
  private int next;
  private int oneByOne;

  /**
   * Data.
   *
   * @param piece how many bytes more are received whenever a whole message is not there
   */
  ReceivedData(List<byte[]> messages, int piece) {
    this.piece = piece;
    this.wire = ByteBuffer.allocateDirect(messages.stream().mapToInt(m -> m.length + 5).sum());
    for (byte[] message : messages) {
      wire.put((byte) 'd').putInt(message.length + 4).put(message);
    }
    wire.position(0).limit(0);
  }

  @Override
  public boolean next() {
    ByteBuffer bytes = ahead();
    if (bytes.position() == bytes.capacity()) {
      return false;
    }
    oneByOne++;
    int at = bytes.position();
    bytes.limit(Math.max(bytes.limit(), Math.min(bytes.capacity(), at + 5 + piece)));
    length = bytes.getInt(at + 1) - 4;
    next = at + 5 + length;
    bytes.limit(Math.max(bytes.limit(), next)).position(at + 5);
    return true;
  }

  /** How many messages were gone to by {@link #next}. */
  int oneByOne() {
    return oneByOne;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public ByteBuffer bytes() {
    return wire.duplicate().limit(next);
  }

  @Override
  public InputStream stream() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ByteBuffer ahead() {
    if (next > wire.position()) {
      wire.position(next);
    }
    return wire;
  }

  @Override
  public void close() {}
}
