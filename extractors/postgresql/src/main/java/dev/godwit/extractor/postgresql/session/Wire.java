package dev.godwit.extractor.postgresql.session;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The socket under a connection of the driver, decrypted, for speaking PostgreSQL's protocol on it
 * while the driver is idle. Whoever does must leave the conversation as it was: every message read,
 * up to and with ReadyForQuery. Used by one thread, the connection's own.
 */
public final class Wire {
  private static final int CHUNK = 64 << 10;

  private final Socket socket;
  private final WatchedStream input;
  private final OutputStream output;
  private final SocketChannel channel;
  private byte[] chunk;

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
      return channel.read(into);
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

  /** Gives back what was read and belongs to whoever reads next. */
  public void giveBack(ByteBuffer rest) {
    input.giveBack(rest);
  }
}
