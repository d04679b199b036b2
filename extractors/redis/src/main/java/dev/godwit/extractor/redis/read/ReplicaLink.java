package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.rdb.RdbException;
import dev.godwit.extractor.redis.rdb.RdbInput;
import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A connection on which a server sends all of its data as to a replica that joins, as of one
 * instant. Redis 7.0 and newer are told that the data alone is wanted; older ones keep what is
 * written meanwhile in memory for us, up to their limit for replicas.
 *
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/management/replication/">Redis
 *     replication</a>
 */
final class ReplicaLink implements AutoCloseable {
  private static final String MARKED = "$EOF:";

  /** Valkey writes the format that a replica of this version reads: the newest that is known. */
  private static final String FORMAT_OF = "9.0.0";

  private final RedisConnection connection;
  private final Cancellation.Registration cut;
  private final InputStream raw;
  private final String point;
  private final String host;
  private final long begun;
  private byte[] mark = new byte[0];
  private long length;

  private ReplicaLink(RedisServer server, Cancellation cancellation) throws IOException {
    this.host = server.host();
    this.connection = server.connect();
    this.cut = cancellation.onCancel(connection::cut);
    try {
      this.begun = clock();
      tell("rdb-only", "1");
      tell("capa", "eof");
      tell("version", FORMAT_OF);
      OutputStream out = connection.socket().getOutputStream();
      out.write("PSYNC ? -1\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      this.raw = connection.socket().getInputStream();
      this.point = begin(line());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Joins.
   *
   * @throws JedisDataException where the server refuses
   * @throws IOException where the connection is lost
   */
  static ReplicaLink open(RedisServer server, Cancellation cancellation) throws IOException {
    return new ReplicaLink(server, cancellation);
  }

  /** The server's clock, milliseconds since 1970; 0 where the user may not ask. */
  private long clock() {
    try {
      List<?> parts = (List<?>) connection.ask("TIME");
      return Expiries.number(parts.get(0)) * 1000 + Expiries.number(parts.get(1)) / 1000;
    } catch (JedisDataException e) {
      return 0;
    }
  }

  /** Tells what kind of replica this is; a server that does not understand goes on without. */
  private void tell(String what, String value) {
    try {
      Object ignored = connection.ask("REPLCONF", what, value);
    } catch (JedisDataException e) {
      if (String.valueOf(e.getMessage()).startsWith("NOPERM")) {
        throw e;
      }
    }
  }

  private static String begin(String answer) {
    if (answer.startsWith("-")) {
      throw new JedisDataException(answer.substring(1));
    } else if (!answer.startsWith("+FULLRESYNC ")) {
      throw new JedisDataException("ERR the server answered " + answer);
    }
    List<String> words = List.of(answer.split(" ", -1));
    return words.size() > 2 ? words.get(1) + ":" + words.get(2) : answer;
  }

  /** The next line that is not empty: servers send empty ones to show that they live. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = raw.read();
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      } else if (next == '\n' && line.length() > 0) {
        return line.toString();
      } else if (next != '\n' && next != '\r') {
        line.append((char) next);
      }
    }
  }

  /** The instant that is shown: the history's id and the place in it. */
  String point() {
    return point;
  }

  /** When the server was joined, by its own clock, milliseconds since 1970; 0 for not known. */
  long begun() {
    return begun;
  }

  /**
   * Waits for the data to begin.
   *
   * @throws GodwitException where the server could not make it
   */
  RdbInput data() throws IOException {
    String size = line();
    if (!size.startsWith("$")) {
      throw new GodwitException(
          ExitCode.FAILED,
          host + " could not make its data for a replica: " + size,
          "its log says why, such as no memory for a fork; or read with ?reading=scan");
    }
    if (size.startsWith(MARKED)) {
      mark = size.substring(MARKED.length()).getBytes(StandardCharsets.US_ASCII);
    } else {
      length = Long.parseLong(size.substring(1));
    }
    return new RdbInput(raw);
  }

  /**
   * Checks, behind the last byte of the data, that the server means it to end there: by a mark that
   * it gave ahead of data whose length it did not know, else by the length.
   */
  void checkEnd(RdbInput in) {
    boolean there =
        mark.length > 0 ? Arrays.equals(in.bytes(mark.length), mark) : in.position() == length;
    if (!there) {
      throw new RdbException("the data does not end where the server says");
    }
  }

  @Override
  public void close() {
    cut.close();
    connection.close();
  }
}
