package dev.godwit.storage.sftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.RawSftpClient;
import org.apache.sshd.sftp.client.SftpClient.Handle;
import org.apache.sshd.sftp.client.impl.SftpResponse;
import org.apache.sshd.sftp.client.impl.SftpStatus;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * Sends many requests before it waits for the first answer, since one at a time would move 32 KiB
 * for each way to the server and back.
 */
final class Pipeline {
  /** What every server takes in one packet. */
  private static final int PIECE = 32 << 10;

  /** So much is read, and the file closed, without waiting in between. */
  static final int SMALL = 64 << 10;

  private static final int UNANSWERED = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final RawSftpClient client;

  Pipeline(RawSftpClient client) {
    this.client = client;
  }

  private SftpResponse receive(int command, int id) throws IOException {
    Buffer answer = client.receive(id, PATIENCE);
    if (answer == null) {
      throw new EOFException("the SFTP server did not answer for " + PATIENCE.toSeconds() + " s");
    }
    return SftpResponse.parse(command, answer);
  }

  private static void requireOk(SftpResponse response) throws IOException {
    SftpStatus status = SftpStatus.parse(response);
    if (!status.isOk()) {
      throw new SftpException(status.getStatusCode(), status.getMessage());
    }
  }

  /** Sends one request that is answered by yes or no. */
  void ask(int command, Buffer request) throws IOException {
    requireOk(receive(command, client.send(command, request)));
  }

  void write(Handle file, long offset, byte[] bytes, int length) throws IOException {
    Deque<Integer> sent = new ArrayDeque<>();
    int at = 0;
    IOException failure = null;
    while ((at < length && failure == null) || !sent.isEmpty()) {
      if (at < length && failure == null && sent.size() < UNANSWERED) {
        int count = Math.min(PIECE, length - at);
        Buffer request = new ByteArrayBuffer(count + 64);
        request.putBytes(file.getIdentifier());
        request.putLong(offset + at);
        request.putBytes(bytes, at, count);
        sent.add(client.send(SftpConstants.SSH_FXP_WRITE, request));
        at += count;
      } else {
        SftpResponse response = receive(SftpConstants.SSH_FXP_WRITE, sent.remove());
        try {
          requireOk(response);
        } catch (SftpException e) {
          failure = e; // the answers to the others must be taken still
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private record Asked(int id, int count) {}

  /** Reads until the buffer is full or the file ends. */
  int read(Handle file, long offset, ByteBuffer into) throws IOException {
    int total = 0;
    while (into.hasRemaining()) {
      int read = readOn(file, offset + total, into);
      if (read == 0) {
        break;
      }
      total += read;
    }
    return total;
  }

  /** Reads on, as far as there is no gap: a server may give less than it was asked for. */
  private int readOn(Handle file, long offset, ByteBuffer into) throws IOException {
    int wanted = into.remaining();
    int asked = 0;
    Answers answers = new Answers(into);
    Deque<Asked> sent = new ArrayDeque<>();
    while ((asked < wanted && !answers.gap) || !sent.isEmpty()) {
      if (asked < wanted && !answers.gap && sent.size() < UNANSWERED) {
        int count = Math.min(PIECE, wanted - asked);
        sent.add(new Asked(ask(file, offset + asked, count), count));
        asked += count;
        continue;
      }
      answers.take(sent.remove());
    }
    return answers.taken();
  }

  /** Answers to what was asked for one after the other, as far as there is no gap. */
  private final class Answers {
    private final ByteBuffer into;
    private int taken;
    private boolean gap;
    private SftpException failure;

    Answers(ByteBuffer into) {
      this.into = into;
    }

    /** Takes the next; behind a gap or a failure it is received and left. */
    void take(Asked asked) throws IOException {
      SftpResponse response = receive(SftpConstants.SSH_FXP_READ, asked.id());
      if (!gap) {
        try {
          int count = Pipeline.take(response, into);
          taken += count;
          gap = count < asked.count();
        } catch (SftpException e) {
          failure = e; // the answers to the others must be taken still
          gap = true;
        }
      }
    }

    /** How much was read, once all were taken. */
    int taken() throws SftpException {
      if (failure != null) {
        throw failure;
      }
      return taken;
    }
  }

  /**
   * Reads until the buffer is full or the file ends, and closes the file, all at once: a server
   * does in order what it is asked about one file.
   *
   * @return how much was read; nothing where the server gave less than it has, and so the file must
   *     be read on
   */
  OptionalInt readAndClose(Handle file, long offset, ByteBuffer into) throws IOException {
    int wanted = into.remaining();
    Deque<Asked> sent = new ArrayDeque<>();
    for (int asked = 0; asked < wanted; asked += PIECE) {
      int count = Math.min(PIECE, wanted - asked);
      sent.add(new Asked(ask(file, offset + asked, count), count));
    }
    int stat = client.send(SftpConstants.SSH_FXP_FSTAT, handle(file));
    int close = client.send(SftpConstants.SSH_FXP_CLOSE, handle(file));
    Answers answers = new Answers(into);
    for (Asked piece : sent) {
      answers.take(piece);
    }
    long size = size(receive(SftpConstants.SSH_FXP_FSTAT, stat));
    SftpResponse unused = receive(SftpConstants.SSH_FXP_CLOSE, close); // nothing was written
    int taken = answers.taken();
    boolean all = taken == wanted || (size >= 0 && offset + taken >= size);
    return all ? OptionalInt.of(taken) : OptionalInt.empty();
  }

  private static Buffer handle(Handle file) {
    Buffer request = new ByteArrayBuffer(64);
    request.putBytes(file.getIdentifier());
    return request;
  }

  /** The size that a server tells of a file; -1 where it does not. */
  private static long size(SftpResponse response) {
    if (response.getType() != SftpConstants.SSH_FXP_ATTRS) {
      return -1;
    }
    Buffer attributes = response.getBuffer();
    boolean told = (attributes.getInt() & SftpConstants.SSH_FILEXFER_ATTR_SIZE) != 0;
    return told ? attributes.getLong() : -1;
  }

  private int ask(Handle file, long offset, int count) throws IOException {
    Buffer request = handle(file);
    request.putLong(offset);
    request.putInt(count);
    return client.send(SftpConstants.SSH_FXP_READ, request);
  }

  private static int take(SftpResponse response, ByteBuffer into) throws IOException {
    if (response.getType() == SftpConstants.SSH_FXP_DATA) {
      Buffer data = response.getBuffer();
      int count = data.getInt();
      if (count > into.remaining() || count > data.available()) {
        throw new EOFException("the SFTP server gave more than it was asked for");
      }
      into.put(data.array(), data.rpos(), count);
      return count;
    }
    SftpStatus status = SftpStatus.parse(response);
    if (status.getStatusCode() == SftpConstants.SSH_FX_EOF) {
      return 0;
    }
    throw new SftpException(status.getStatusCode(), status.getMessage());
  }
}
