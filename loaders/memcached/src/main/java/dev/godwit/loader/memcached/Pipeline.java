package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.session.Answers;
import dev.godwit.extractor.memcached.session.MemcachedConnection;
import dev.godwit.extractor.memcached.session.MemcachedServer;
import dev.godwit.extractor.memcached.value.Keys;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Sends items to one server without waiting for each. Meta sets are quiet, so that only what was
 * not stored is answered; a {@code mn} after some of them shows that all before it are done. Two
 * such groups are on their way at most, so that their answers never fill a socket.
 *
 * <p>What was not stored is answered with the place of its item (flag {@code O}), but for errors,
 * which name nothing: where there was one, each item of the group is looked for afterwards.
 */
final class Pipeline implements AutoCloseable {
  private static final int GROUP = 2000;
  private static final int GROUPS = 2;
  private static final int LOOKED_AT = 200; // of the longest keys, less than AHEAD
  private static final int BUFFER = 64 << 10;
  private static final byte[] END = {'\r', '\n'};

  /** What became of items that are not stored. */
  interface Refused {
    /** The key is there already, or was changed since it was looked at. */
    void there(int row);

    /** The server could not take it, and said why. */
    void failed(int row, String why);
  }

  private record Sent(int row, Keys.Word key) {}

  private final MemcachedServer server;
  private final MemcachedConnection connection;
  private final Cancellation.Registration cut;
  private final Refused refused;
  private final Deque<List<Sent>> groups = new ArrayDeque<>();
  private List<Sent> group = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER];
  private int filled;

  Pipeline(MemcachedServer server, Refused refused, Cancellation cancellation) {
    this.server = server;
    this.connection = server.connect();
    this.cut = cancellation.onCancel(connection::cut);
    this.refused = refused;
  }

  /** A value, put piece by piece. */
  interface Value {
    /** Copies some bytes of it, from a place on. */
    void copy(int from, byte[] into, int offset, int count);
  }

  /**
   * Sends an item.
   *
   * @param row names it to {@link Refused}
   * @param flags of meta set, such as {@code F7 T1700000000 ME}
   */
  void set(int row, Keys.Word key, String flags, int length, Value value) throws IOException {
    head(row, key, flags, length);
    for (int from = 0; from < length; ) {
      int some = Math.min(length - from, room());
      value.copy(from, buffer, filled, some);
      filled += some;
      from += some;
    }
    end(row, key);
  }

  /** Sends an item of which the value comes from elsewhere. */
  void set(int row, Keys.Word key, String flags, long length, InputStream value)
      throws IOException {
    head(row, key, flags, length);
    flush();
    connection.send(value);
    end(row, key);
  }

  private void head(int row, Keys.Word key, String flags, long length) throws IOException {
    put(ascii("ms "));
    put(key.word());
    put(ascii(" " + length + (key.binary() ? " b " : " ") + flags + " q O" + row + "\r\n"));
  }

  private void end(int row, Keys.Word key) throws IOException {
    put(END);
    group.add(new Sent(row, key));
    if (group.size() == GROUP) {
      finishGroup();
      while (groups.size() >= GROUPS) {
        settle(groups.remove());
      }
    }
  }

  private void finishGroup() throws IOException {
    put(ascii("mn\r\n"));
    flush();
    groups.add(group);
    group = new ArrayList<>();
  }

  /** Waits until all that was sent is done. */
  void settle() throws IOException {
    if (!group.isEmpty()) {
      finishGroup();
    }
    while (!groups.isEmpty()) {
      settle(groups.remove());
    }
  }

  private void settle(List<Sent> some) throws IOException {
    Answers answers = connection.answers();
    String error = null;
    List<Integer> there = new ArrayList<>();
    for (answers.line(); !answers.begins("MN"); answers.line()) {
      if (answers.begins("NS") || answers.begins("EX") || answers.begins("NF")) {
        there.add(opaque(answers));
      } else if (answers.begins("SERVER_ERROR object too large")) {
        error = answers.text();
      } else {
        throw connection.failures().refused("cannot write to " + server.host(), answers.text());
      }
    }
    there.forEach(refused::there);
    if (error != null) {
      while (!groups.isEmpty()) {
        settle(groups.remove()); // their answers come ahead of those to what is asked now
      }
      long[] found = casOf(some.stream().map(Sent::key).toList());
      for (int i = 0; i < found.length; i++) {
        if (found[i] == GONE) {
          refused.failed(some.get(i).row(), error);
        }
      }
    }
  }

  private static int opaque(Answers answers) {
    for (int at = answers.start() + 1; at < answers.end(); at++) {
      if (answers.bytes()[at] == 'O' && answers.bytes()[at - 1] == ' ') {
        return (int) answers.number(at + 1);
      }
    }
    throw new IllegalStateException("an answer without the mark that was sent: " + answers.text());
  }

  /** For an item that is not there. */
  static final long GONE = -1;

  /** The CAS number of each item, or {@link #GONE}; nothing else may be on its way. */
  long[] casOf(List<Keys.Word> keys) throws IOException {
    long[] found = new long[keys.size()];
    for (int from = 0; from < found.length; from += LOOKED_AT) {
      int to = Math.min(from + LOOKED_AT, found.length);
      for (Keys.Word key : keys.subList(from, to)) {
        put(ascii("mg "));
        put(key.word());
        put(ascii(key.binary() ? " b c u\r\n" : " c u\r\n"));
      }
      flush();
      for (int i = from; i < to; i++) {
        found[i] = cas(connection.answers());
      }
    }
    return found;
  }

  private long cas(Answers answers) throws IOException {
    answers.line();
    if (answers.begins("EN")) {
      return GONE;
    } else if (!answers.begins("HD c")) {
      throw connection.failures().refused("cannot look into " + server.host(), answers.text());
    }
    return answers.number(answers.start() + "HD c".length());
  }

  private int room() throws IOException {
    if (filled == BUFFER) {
      flush();
    }
    return BUFFER - filled;
  }

  private void put(byte[] bytes) throws IOException {
    if (BUFFER - filled < bytes.length) {
      flush();
    }
    System.arraycopy(bytes, 0, buffer, filled, bytes.length);
    filled += bytes.length;
  }

  private void flush() throws IOException {
    connection.send(buffer, 0, filled);
    filled = 0;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    cut.close();
    connection.close();
  }
}
