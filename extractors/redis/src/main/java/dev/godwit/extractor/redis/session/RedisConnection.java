package dev.godwit.extractor.redis.session;

import dev.godwit.spi.error.GodwitException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection. Commands are sent one by one and answered in their order. Used by one thread;
 * {@link #cut} by any.
 */
public final class RedisConnection implements AutoCloseable {
  private final Connection connection;
  private final Socket socket;
  private final RedisFailure failures;

  RedisConnection(Connection connection, Socket socket, RedisFailure failures) {
    this.connection = connection;
    this.socket = socket;
    this.failures = failures;
  }

  /** A word as the server reads it. */
  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Numbers as the server reads them. */
  public static byte[] ascii(long number) {
    return ascii(Long.toString(number));
  }

  /** A command, to be sent often. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Command(String word, byte[] raw) implements ProtocolCommand {
    /** With this name. */
    public static Command of(String word) {
      return new Command(word, ascii(word));
    }

    @Override
    public byte[] getRaw() {
      return raw;
    }
  }

  /**
   * Runs a command; an error of the server is thrown as it is.
   *
   * @throws GodwitException where the connection is lost
   */
  public Object ask(String command, String... arguments) throws JedisDataException {
    byte[][] raw = new byte[arguments.length][];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = arguments[i].getBytes(StandardCharsets.UTF_8);
    }
    return askRaw(command, raw);
  }

  /** As {@link #ask}, of binary arguments. */
  public Object askRaw(String command, byte[]... arguments) throws JedisDataException {
    try {
      connection.sendCommand(Command.of(command), arguments);
      return connection.getOne();
    } catch (JedisDataException e) {
      throw e;
    } catch (JedisException e) {
      throw failures.lost(e);
    }
  }

  /**
   * Runs a command.
   *
   * @param doing what it is for, such as {@code cannot read db0}
   */
  public Object call(String doing, String command, String... arguments) {
    try {
      return ask(command, arguments);
    } catch (JedisDataException e) {
      throw failures.of(doing, command, e);
    }
  }

  /** Runs a command of binary arguments. */
  public Object call(String doing, Command command, byte[]... arguments) {
    try {
      connection.sendCommand(command, arguments);
      return connection.getOne();
    } catch (JedisException e) {
      throw failures.of(doing, command.word(), e);
    }
  }

  /** Sends a command, whose answer is to be taken by {@link #answers}. */
  public void send(Command command, byte[]... arguments) {
    try {
      connection.sendCommand(command, arguments);
    } catch (JedisException e) {
      throw failures.of("cannot send", command.word(), e);
    }
  }

  /** The next answers, errors of the server among them as {@link JedisDataException}. */
  public List<Object> answers(int count) {
    try {
      return connection.getMany(count);
    } catch (JedisException e) {
      throw failures.lost(e);
    }
  }

  /** Says why a command failed. */
  public RedisFailure failures() {
    return failures;
  }

  /** What lies below, for what is no command and answer any more. */
  public Socket socket() {
    return socket;
  }

  /** Ends it from any thread: whoever waits for an answer fails. */
  public void cut() {
    try {
      socket.close();
    } catch (java.io.IOException e) {
      // It is gone then.
    }
  }

  @Override
  public void close() {
    cut();
    try {
      connection.close();
    } catch (JedisException e) {
      // Nothing is waited for.
    }
  }
}
