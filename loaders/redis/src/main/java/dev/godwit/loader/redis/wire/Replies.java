package dev.godwit.loader.redis.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads answers: a {@code Long}, a {@code byte[]}, null, a {@code List} of such, {@link #OK} for
 * any simple string, a {@link JedisDataException} for an error. Used by one thread.
 */
final class Replies {
  /** Stands for any simple string: which one it is says nothing more. */
  static final Object OK = "OK";

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 14];
  private int at;
  private int end;

  Replies(InputStream in) {
    this.in = in;
  }

  private int read() throws IOException {
    if (at == end) {
      end = in.read(buffer);
      at = 0;
      if (end < 0) {
        end = 0;
        throw new EOFException("the server closed the connection");
      }
    }
    return buffer[at++];
  }

  Object next() throws IOException {
    int kind = read();
    switch (kind) {
      case '+' -> {
        skipLine();
        return OK;
      }
      case '-' -> {
        return new JedisDataException(line());
      }
      case ':' -> {
        return number();
      }
      case '$' -> {
        return bytes(number());
      }
      case '*' -> {
        long count = number();
        if (count < 0) {
          return null;
        }
        List<Object> parts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
          parts.add(next());
        }
        return parts;
      }
      default -> throw new IOException("no answer begins with '" + (char) kind + "'");
    }
  }

  private void skipLine() throws IOException {
    while (read() != '\n') {}
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next; (next = read()) != '\n'; ) {
      if (next != '\r') {
        line.append((char) (next & 0xff));
      }
    }
    return new String(
        line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private long number() throws IOException {
    String line = line();
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw new IOException("a number was expected, not '" + line + "'", e);
    }
  }

  private byte[] bytes(long length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[Math.toIntExact(length)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) read();
    }
    skipLine();
    return bytes;
  }
}
