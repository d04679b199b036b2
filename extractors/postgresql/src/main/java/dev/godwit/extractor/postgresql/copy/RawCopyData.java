package dev.godwit.extractor.postgresql.copy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One copy in the protocol's own framing: kind, length with itself, contents. */
final class RawCopyData implements CopyData {
  private static final int HEADER = RawCopies.HEADER;

  private final RawCopies wire;
  private ServerFailure failure;
  private boolean ended;
  private long length;
  private long unread;
  private int next;
  private int limit;

  RawCopyData(RawCopies wire) {
    this.wire = wire;
  }

  @Override
  public boolean next() throws IOException {
    if (ended) {
      return false;
    }
    leave();
    while (true) {
      wire.require(HEADER);
      ByteBuffer bytes = wire.bytes();
      int at = bytes.position();
      byte kind = bytes.get(at);
      long contents = (bytes.getInt(at + 1) & 0xFFFF_FFFFL) - 4;
      if (kind == 'd') {
        enter(contents);
        return true;
      }
      if (kind == 'Z') {
        end();
        return false;
      }
      control(kind, contents);
    }
  }

  private void enter(long contents) throws IOException {
    length = contents;
    if (contents > CONTIGUOUS) {
      ByteBuffer bytes = wire.bytes();
      bytes.position(bytes.position() + HEADER);
      unread = contents;
      return;
    }
    wire.require(HEADER + (int) contents);
    ByteBuffer bytes = wire.bytes();
    int start = bytes.position() + HEADER;
    next = start + (int) contents;
    limit = bytes.limit();
    bytes.position(start).limit(next);
  }

  /** Goes behind the message that {@link #enter} went into. */
  private void leave() throws IOException {
    if (limit > 0) {
      wire.bytes().limit(limit).position(next);
      limit = 0;
    }
    while (unread > 0) {
      wire.require(1);
      ByteBuffer bytes = wire.bytes();
      int skipped = (int) Math.min(unread, bytes.remaining());
      bytes.position(bytes.position() + skipped);
      unread -= skipped;
    }
  }

  private void end() throws IOException {
    wire.require(HEADER + 1);
    ByteBuffer bytes = wire.bytes();
    bytes.position(bytes.position() + HEADER + 1);
    ended = true;
    wire.handOver();
    if (failure != null) {
      throw failure;
    }
  }

  private void control(byte kind, long contents) throws IOException {
    switch (kind) {
      case 'E' -> failure = failure(fields(contents));
      // The copy begins, is done, is complete; and what may come at any time: notices,
      // notifications, parameter states.
      case 'H', 'c', 'C', 'N', 'A', 'S' -> fields(contents);
      default ->
          throw new IOException("the server sent what no copy has: message '" + (char) kind + "'");
    }
  }

  private byte[] fields(long contents) throws IOException {
    if (contents < 0 || contents > CONTIGUOUS) {
      throw new IOException("the server sent a message of " + contents + " bytes");
    }
    wire.require(HEADER + (int) contents);
    byte[] fields = new byte[(int) contents];
    ByteBuffer bytes = wire.bytes();
    bytes.position(bytes.position() + HEADER);
    bytes.get(fields);
    return fields;
  }

  /** Fields of a kind and a text each, both ended by a zero ("Error and Notice Message Fields"). */
  private static ServerFailure failure(byte[] contents) {
    Map<Character, String> fields = new HashMap<>();
    int at = 0;
    while (at < contents.length && contents[at] != 0) {
      int end = at + 1;
      while (end < contents.length && contents[end] != 0) {
        end++;
      }
      String text = new String(contents, at + 1, end - at - 1, StandardCharsets.UTF_8);
      fields.put((char) contents[at], text);
      at = end + 1;
    }
    return new ServerFailure(
        fields.getOrDefault('C', ""), fields.getOrDefault('M', "unknown error"), null);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public ByteBuffer bytes() {
    return length > CONTIGUOUS ? null : wire.bytes();
  }

  @Override
  public InputStream stream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int count) throws IOException {
        if (unread == 0) {
          return -1;
        }
        wire.require(1);
        ByteBuffer bytes = wire.bytes();
        int taken = (int) Math.min(Math.min(count, unread), bytes.remaining());
        bytes.get(into, offset, taken);
        unread -= taken;
        return taken;
      }
    };
  }

  @Override
  public ByteBuffer ahead() throws IOException {
    leave();
    return wire.bytes();
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      wire.breakOff();
    }
  }
}
