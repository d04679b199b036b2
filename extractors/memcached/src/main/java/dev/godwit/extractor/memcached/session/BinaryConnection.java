package dev.godwit.extractor.memcached.session;

import dev.godwit.spi.error.GodwitException;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A connection that speaks the binary protocol, for the one thing that the other cannot: to ask for
 * a key that holds blanks or control characters and is too long for base64. Such keys were written
 * in this protocol. Used by one thread; {@link #cut} by any.
 *
 * @see <a href="https://github.com/memcached/memcached/wiki/BinaryProtocolRevamped">The binary
 *     protocol, Get</a>
 */
public final class BinaryConnection implements AutoCloseable {
  private static final int HEADER = 24;
  private static final byte REQUEST = (byte) 0x80;
  private static final byte RESPONSE = (byte) 0x81;
  private static final byte GET = 0;
  private static final int NOT_FOUND = 1;

  private final Socket socket;
  private final Answers answers;
  private final MemcachedFailure failures;

  BinaryConnection(Socket socket, MemcachedFailure failures) throws IOException {
    this.socket = socket;
    this.answers = new Answers(socket.getInputStream());
    this.failures = failures;
  }

  /**
   * An item, its value to be taken from {@link #answers} before the next is asked for.
   *
   * @param length of the value, in bytes
   * @param flags the client's 32 bits
   * @param cas its number
   */
  public record Found(long length, long flags, long cas) {}

  /**
   * Asks for an item.
   *
   * @return null where it is gone
   * @throws GodwitException if the server answers with an error
   */
  public Found get(String doing, byte[] key) throws IOException {
    ByteBuffer request = ByteBuffer.allocate(HEADER + key.length);
    request.put(REQUEST).put(GET).putShort((short) key.length).putInt(0).putInt(key.length);
    request.position(HEADER).put(key);
    socket.getOutputStream().write(request.array());
    ByteBuffer head = ByteBuffer.wrap(answers.bytes(), answers.block(HEADER), HEADER).slice();
    if (head.get(0) != RESPONSE) {
      throw new EOFException();
    }
    int keyLength = head.getShort(2);
    int extras = head.get(4);
    int status = head.getShort(6);
    long body = Integer.toUnsignedLong(head.getInt(8));
    long cas = head.getLong(16);
    if (status == NOT_FOUND || status != 0) {
      int from = answers.block((int) body);
      String said = new String(answers.bytes(), from, (int) body, StandardCharsets.US_ASCII);
      if (status == NOT_FOUND) {
        return null;
      }
      throw failures.refused(doing, "SERVER_ERROR " + said);
    }
    ByteBuffer extra = ByteBuffer.wrap(answers.bytes(), answers.block(extras + keyLength), extras);
    long flags = Integer.toUnsignedLong(extra.slice().getInt(0));
    return new Found(body - extras - keyLength, flags, cas);
  }

  /** What the server answers. */
  public Answers answers() {
    return answers;
  }

  /** Ends it from any thread: whoever waits for an answer fails. */
  public void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone then.
    }
  }

  @Override
  public void close() {
    cut();
  }
}
