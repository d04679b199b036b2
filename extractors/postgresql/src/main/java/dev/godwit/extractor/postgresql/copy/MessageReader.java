package dev.godwit.extractor.postgresql.copy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Reads one message of a copy from its beginning to its end, whether it lies in memory whole or
 * comes as a stream. The bytes of a stream are set down one after another at the same place.
 */
final class MessageReader implements AutoCloseable {
  private static final int CHUNK = 64 << 10;

  private final BufferAllocator allocator;
  private final byte[] chunk = new byte[CHUNK];
  private ArrowBuf place;

  /** The part of a contiguous message that is not read yet; both 0 for a stream. */
  private long at;

  private long end;
  private ByteBuffer bytes;
  private InputStream stream;
  private long streamLeft;

  MessageReader(BufferAllocator allocator) {
    this.allocator = allocator;
    this.place = allocator.getEmpty();
  }

  /** Begins with the message that the data stands at. */
  void begin(CopyData data) {
    bytes = data.bytes();
    if (bytes == null) {
      at = 0;
      end = 0;
      stream = data.stream();
      streamLeft = data.length();
    } else {
      at = MemoryUtil.getByteBufferAddress(bytes) + bytes.position();
      end = at + bytes.remaining();
      stream = null;
      streamLeft = 0;
    }
  }

  /** Stands at no message. */
  void forget() {
    at = 0;
    end = 0;
    bytes = null;
    stream = null;
    streamLeft = 0;
  }

  /** Whether the message comes as a stream, and lies nowhere whole. */
  boolean isStream() {
    return stream != null;
  }

  /** The address of what is not read yet, where the message is no stream. */
  long at() {
    return at;
  }

  /** How many bytes are not read yet. */
  long left() {
    return end - at + streamLeft;
  }

  /** The address of the next bytes, valid until the next call. */
  long take(int length) throws IOException {
    long from = at;
    if (length <= end - from) {
      at = from + length;
      return from;
    }
    return takeStreamed(length);
  }

  private long takeStreamed(int length) throws IOException {
    if (length > streamLeft) {
      throw new Malformed("a row ends within a field");
    }
    if (place.capacity() < length) {
      place.close();
      place = allocator.getEmpty();
      place = allocator.buffer(Math.max(length, CHUNK));
    }
    for (int done = 0; done < length; ) {
      int read = stream.read(chunk, 0, Math.min(chunk.length, length - done));
      if (read < 0) {
        throw new EOFException("the data ended within a row");
      }
      MemoryUtil.copyToMemory(chunk, 0, place.memoryAddress() + done, read);
      done += read;
    }
    streamLeft -= length;
    return place.memoryAddress();
  }

  /** The next bytes as a stream, to be read to its end before anything else is read. */
  InputStream open(int length) {
    if (length > left()) {
      throw new Malformed("a row ends within a field");
    }
    return new Part(length);
  }

  /** A part of the message. */
  private final class Part extends InputStream {
    private int left;

    Part(int length) {
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int wanted = Math.min(left, length);
      int read = stream == null ? copy(into, offset, wanted) : pull(into, offset, wanted);
      left -= read;
      return read;
    }

    private int copy(byte[] into, int offset, int length) {
      MemoryUtil.copyFromMemory(at, into, offset, length);
      at += length;
      return length;
    }

    private int pull(byte[] into, int offset, int length) throws IOException {
      int read = stream.read(into, offset, length);
      if (read < 0) {
        throw new EOFException("the data ended within a row");
      }
      streamLeft -= read;
      return read;
    }

    @Override
    public int available() {
      return left;
    }
  }

  @Override
  public void close() {
    place.close();
    place = allocator.getEmpty();
  }
}
