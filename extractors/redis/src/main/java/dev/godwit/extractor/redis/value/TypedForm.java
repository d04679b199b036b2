package dev.godwit.extractor.redis.value;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The typed form of a value as a stream of bytes: the bytes of a string, the JSON of anything else.
 * Made as it is read, so a value of any size takes little memory. Closing it frees what it sorted
 * on disk; what is left unread of the value is then still in its input.
 */
public final class TypedForm extends InputStream {
  private static final int PIECE = 1 << 16;

  private final InputStream plain;
  private final JsonWriter json;
  private final Pending pending;

  /** The form of a value, which is gone through as this is read. */
  public TypedForm(Value value) throws IOException {
    this.plain = value instanceof Value.Plain bytes ? bytes.bytes() : null;
    this.pending = plain == null ? new Pending() : null;
    this.json = plain == null ? new JsonWriter(value, pending) : null;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (plain != null) {
      return plain.read(into, offset, length);
    }
    if (length == 0) {
      return 0;
    }
    if (pending.empty()) {
      pending.reset();
      while (!json.done() && pending.size() < PIECE) {
        json.step();
      }
    }
    return pending.take(into, offset, length);
  }

  @Override
  public void close() {
    if (json != null) {
      json.close();
    }
  }

  /** Bytes that were written and not read yet. */
  private static final class Pending extends ByteArrayOutputStream {
    private int taken;

    Pending() {
      super(1 << 10);
    }

    boolean empty() {
      return taken == count;
    }

    @Override
    public synchronized void reset() {
      super.reset();
      taken = 0;
    }

    int take(byte[] into, int offset, int length) {
      int some = Math.min(length, count - taken);
      if (some == 0) {
        return -1;
      }
      ByteArrayInputStream from = new ByteArrayInputStream(buf, taken, some);
      int read = from.read(into, offset, some);
      taken += read;
      return read;
    }
  }
}
