package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.extractor.postgresql.session.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Copies read straight from the socket, in the simple query protocol (PostgreSQL manual,
 * "Frontend/Backend Protocol": Simple Query, COPY Operations). Messages are parsed where they were
 * read; a row is never copied nor put into an array of its own. The driver is idle meanwhile, and
 * finds the conversation as it left it: ended by ReadyForQuery.
 */
final class RawCopies implements Copies {
  private static final int INITIAL = 1 << 20;

  /** Kind and length. */
  static final int HEADER = 5;

  private final Wire wire;
  private final Session session;
  private final MessageBuffer buffer;

  RawCopies(Wire wire, Session session, BufferAllocator allocator) {
    this.wire = wire;
    this.session = session;
    this.buffer = new MessageBuffer(allocator, INITIAL);
  }

  @Override
  public CopyData begin(String sql) throws IOException {
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    ByteBuffer query = ByteBuffer.allocate(text.length + HEADER + 1);
    query.put((byte) 'Q').putInt(text.length + HEADER).put(text).put((byte) 0);
    wire.send(query.array());
    return new RawCopyData(this);
  }

  /** What was read and not yet parsed. */
  ByteBuffer bytes() {
    return buffer.bytes();
  }

  /** Reads until so many bytes lie unread in one piece. */
  void require(int count) throws IOException {
    if (buffer.bytes().remaining() >= count) {
      return;
    }
    buffer.makeRoom(count);
    ByteBuffer bytes = buffer.bytes();
    while (bytes.position() < count) {
      if (wire.read(bytes) < 0) {
        bytes.flip();
        throw new EOFException("the server closed the connection");
      }
    }
    bytes.flip();
  }

  /** Leaves the conversation to the driver: what was read beyond its end is the driver's. */
  void handOver() {
    if (buffer.bytes().hasRemaining()) {
      wire.giveBack(buffer.bytes());
    }
  }

  /** Ends the session: there is no telling where in the conversation it is. */
  void breakOff() {
    session.breakOff();
  }

  @Override
  public void close() {
    buffer.close();
  }
}
