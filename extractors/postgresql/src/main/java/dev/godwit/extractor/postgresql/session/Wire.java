package dev.godwit.extractor.postgresql.session;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * The socket under a connection of the driver, decrypted, for speaking PostgreSQL's protocol on it
 * while the driver is idle. Whoever does must leave the conversation as it was: every message read,
 * up to and with ReadyForQuery. Used by one thread, the connection's own.
 */
public final class Wire {
  private static final int CHUNK = 64 << 10;

  /** A read that brings less costs more than its bytes: the way to the kernel, and a waking. */
  private static final int LITTLE = 32 << 10;

  /** As many reads after a message of ours may bring little before it is worth a pause. */
  private static final int PATIENCE = 3;

  /** In which a server lays some 50 KiB more into the socket; less than its buffer holds. */
  private static final long PAUSE_NANOS = 300_000;

  private final Socket socket;
  private final WatchedStream input;
  private final OutputStream output;
  private final SocketChannel channel;
  private byte[] chunk;

  /** How many reads since the last message brought little, and whether the last one did. */
  private int littleReads;

  private boolean littleLast;

  Wire(Socket socket, WatchedStream input, OutputStream output, SocketChannel channel) {
    this.socket = socket;
    this.input = input;
    this.output = output;
    this.channel = channel;
  }

  /** Whether the driver has read all that the server sent it, and holds no byte more. */
  public boolean idle() {
    return input.idle();
  }

  /** Sends bytes to the server at once. */
  public void send(byte[] message) throws IOException {
    littleReads = 0;
    output.write(message);
    output.flush();
  }

  /**
   * Reads at least one byte into the buffer, as much as is there.
   *
   * @return how many; -1 where the server has closed the connection
   */
  public int read(ByteBuffer into) throws IOException {
    if (channel != null && input.waiting() == 0 && socket.getSoTimeout() == 0) {
      return readTogether(into);
    }
    if (chunk == null) {
      chunk = new byte[CHUNK];
    }
    int count = input.take(chunk, 0, Math.min(CHUNK, into.remaining()));
    if (count > 0) {
      into.put(chunk, 0, count);
    }
    return count;
  }

  /**
   * Reads what lies in the socket. A reader that is faster than its server would be woken for every
   * 8 KiB that the server sends, and take from it the processor that both need; so it lets some
   * come together. Of a TLS stream a read brings one record, however many are there.
   */
  private int readTogether(ByteBuffer into) throws IOException {
    if (littleLast && littleReads > PATIENCE) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    int count = channel.read(into);
    littleLast = count < LITTLE;
    littleReads += littleLast ? 1 : 0;
    return count;
  }

  /** Gives back what was read and belongs to whoever reads next. */
  public void giveBack(ByteBuffer rest) {
    input.giveBack(rest);
  }
}
