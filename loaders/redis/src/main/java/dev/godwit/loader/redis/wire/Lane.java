package dev.godwit.loader.redis.wire;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A connection, and the commands that are sent over it next. Used by one thread. */
final class Lane {
  private static final String NO_SUCH_KEY = "ERR no such key";

  private final RedisConnection connection;
  private final String database;
  private final Tally tally;
  private final OutputStream out;
  private final Replies replies;
  private final Chunk chunk = new Chunk();
  private boolean sent;

  Lane(RedisConnection connection, String database, Tally tally) {
    this.connection = connection;
    this.database = database;
    this.tally = tally;
    try {
      this.out = connection.socket().getOutputStream();
      this.replies = new Replies(connection.socket().getInputStream());
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** The commands to be sent next, once those before are answered. */
  Chunk chunk() {
    if (sent) {
      await();
    }
    return chunk;
  }

  void send() {
    if (!sent && chunk.size() > 0) {
      try {
        out.write(chunk.bytes().array(), 0, chunk.size());
        out.flush();
      } catch (IOException e) {
        throw lost(e);
      }
      sent = true;
    }
  }

  /** Sends the chunk, whose last argument is what a stream holds. */
  void send(long length, InputStream last) throws IOException {
    chunk.head(length);
    send();
    byte[] piece = new byte[1 << 16];
    for (int read; (read = last.read(piece)) >= 0; ) {
      try {
        out.write(piece, 0, read);
      } catch (IOException e) {
        throw lost(e);
      }
    }
    try {
      out.write(new byte[] {'\r', '\n'});
      out.flush();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Sends what is left, and waits until all is answered. */
  void drain() {
    send();
    if (sent) {
      await();
    }
  }

  private void await() {
    try {
      for (Chunk.Expected expected : chunk.expected()) {
        meet(expected, replies.next());
      }
    } catch (IOException e) {
      throw lost(e);
    }
    sent = false;
    chunk.clear();
  }

  private void meet(Chunk.Expected expected, Object answer) {
    if (answer == Replies.OK) {
      return;
    }
    if (answer instanceof JedisDataException e) {
      refused(expected, e);
      return;
    }
    switch (expected.answer()) {
      case SET_IF_FREE -> keptIf(answer == null);
      case RENAMED_IF_FREE -> keptIf(answer.equals(0L));
      case CLAIMED -> claimed(answer);
      case EXECUTED -> executed(expected, answer);
      case EXECUTED_IF_FREE -> {
        executed(expected, answer);
        List<?> answers = (List<?>) answer;
        keptIf(answers.get(answers.size() - 2).equals(0L));
      }
      default -> {}
    }
  }

  private void keptIf(boolean kept) {
    if (kept) {
      tally.kept().increment();
    }
  }

  private void claimed(Object answer) {
    if (answer instanceof List<?> ids && ids.isEmpty()) {
      tally.pending().increment();
    }
  }

  private void executed(Chunk.Expected expected, Object answer) {
    if (!(answer instanceof List<?> answers)) {
      throw failure(expected, new JedisDataException("ERR the transaction was not executed"));
    }
    for (Object one : answers) {
      if (one instanceof JedisDataException e) {
        refused(expected, e);
      }
      claimed(one);
    }
  }

  private void refused(Chunk.Expected expected, JedisDataException e) {
    String said = e.getMessage();
    if (expected.answer() == Answer.DONE_IF_FREE && said.startsWith("BUSYKEY")) {
      tally.kept().increment();
    } else if (expected.answer() == Answer.MODULE_TAKEN && said.contains("Bad data format")) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot write key "
              + name(expected)
              + " to "
              + database
              + ": it is of the module type "
              + expected.about()
              + ", which the server does not know",
          "load the module there, or leave the key out",
          e);
    } else if (said.startsWith("MOVED") || said.startsWith("ASK")) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot write key " + name(expected) + " to " + database + ": its slot was moved",
          "wait until the cluster is balanced",
          e);
    } else if (said.startsWith(NO_SUCH_KEY)
        && (expected.command().startsWith("RENAME") || expected.command().equals("EXEC"))) {
      tally.expired().increment(); // the last field of a hash expired before it was renamed
    } else {
      throw failure(expected, e);
    }
  }

  private GodwitException failure(Chunk.Expected expected, JedisDataException e) {
    return connection
        .failures()
        .of("cannot write key " + name(expected) + " to " + database, expected.command(), e);
  }

  private String name(Chunk.Expected expected) {
    return expected.about() != null && expected.answer() != Answer.MODULE_TAKEN
        ? expected.about()
        : KeyText.of(chunk.bytes().array(), expected.keyAt(), expected.keyLength());
  }

  private RuntimeException lost(IOException e) {
    return connection
        .failures()
        .of("cannot write to " + database, "SET", new JedisConnectionException(e.getMessage(), e));
  }

  void close() {
    connection.close();
  }
}
