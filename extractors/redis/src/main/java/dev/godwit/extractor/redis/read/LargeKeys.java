package dev.godwit.extractor.redis.read;

import static dev.godwit.extractor.redis.session.RedisConnection.ascii;

import dev.godwit.extractor.redis.rdb.ValueDecoder;
import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisConnection.Command;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.extractor.redis.value.Element;
import dev.godwit.extractor.redis.value.Value;
import dev.godwit.extractor.redis.value.ValueType;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads a large key in pieces of about 1 MiB, by the commands of its type. A key that is changed
 * meanwhile shows a bit of before and a bit of after: SCAN is fuzzy anyway.
 */
public final class LargeKeys {
  private static final int PIECE = 1 << 20;
  private static final int MOST = 10_000;

  private final RedisConnection connection;
  private final RedisServer server;
  private final String doing;
  private final boolean expiring;

  /**
   * Of the keys of one database.
   *
   * @param doing what they are read for, such as {@code cannot read db0}
   */
  public LargeKeys(RedisConnection connection, RedisServer server, String doing) {
    this.connection = connection;
    this.server = server;
    this.doing = doing;
    this.expiring = RedisServer.knows(connection, "HPEXPIRETIME");
  }

  private Object call(String command, byte[]... arguments) {
    return connection.call(doing, Command.of(command), arguments);
  }

  /**
   * The value, read as it is gone through.
   *
   * @param size in the server's memory, about
   * @return nothing where the key is gone
   */
  public Optional<Value> read(byte[] key, long size) {
    String type = new String((byte[]) call("TYPE", key), StandardCharsets.US_ASCII);
    return switch (type) {
      case "none" -> Optional.empty();
      case "string" ->
          Optional.of(
              new Value.Plain(ValueType.STRING, new Pieces(key, (Long) call("STRLEN", key))));
      case "list" -> Optional.of(list(key, some(size, (Long) call("LLEN", key))));
      case "set" ->
          Optional.of(
              new Value.Elements(
                  ValueType.SET, scan("SSCAN", key, some(size, (Long) call("SCARD", key)))));
      case "zset" ->
          Optional.of(
              new Value.Elements(
                  ValueType.SORTED_SET, scan("ZSCAN", key, some(size, (Long) call("ZCARD", key)))));
      case "hash" ->
          Optional.of(
              new Value.Elements(
                  ValueType.HASH, scan("HSCAN", key, some(size, (Long) call("HLEN", key)))));
      case "stream" ->
          Optional.of(
              LargeStreams.read(
                  connection, server, doing, key, some(size, (Long) call("XLEN", key))));
      default -> {
        Object payload = call("DUMP", key);
        yield Optional.ofNullable((byte[]) payload).map(ValueDecoder::ofPayload);
      }
    };
  }

  /** How many elements make a piece. */
  private static int some(long size, long elements) {
    return (int) Math.max(1, Math.min(MOST, PIECE * elements / Math.max(1, size)));
  }

  private Value list(byte[] key, int atOnce) {
    return new Value.Elements(
        ValueType.LIST,
        new Paged<>() {
          private long from;

          @Override
          List<Element> page() {
            List<?> page = (List<?>) call("LRANGE", key, ascii(from), ascii(from + atOnce - 1));
            from += page.size();
            last = page.isEmpty();
            return page.stream().map(element -> Element.of((byte[]) element)).toList();
          }
        });
  }

  private Iterator<Element> scan(String command, byte[] key, int atOnce) {
    return new Paged<>() {
      private byte[] cursor = ascii("0");

      @Override
      List<Element> page() {
        List<?> reply = (List<?>) call(command, key, cursor, ascii("COUNT"), ascii(atOnce));
        cursor = (byte[]) reply.get(0);
        last = cursor.length == 1 && cursor[0] == '0';
        List<?> parts = (List<?>) reply.get(1);
        return switch (command) {
          case "SSCAN" -> parts.stream().map(part -> Element.of((byte[]) part)).toList();
          case "ZSCAN" -> pairs(parts, null);
          default -> pairs(parts, fieldExpiries(key, parts));
        };
      }
    };
  }

  private static List<Element> pairs(List<?> parts, List<?> expiries) {
    List<Element> elements = new ArrayList<>(parts.size() / 2);
    for (int i = 0; i < parts.size(); i += 2) {
      byte[] name = (byte[]) parts.get(i);
      byte[] value = (byte[]) parts.get(i + 1);
      if (expiries == null) {
        String score = new String(value, StandardCharsets.US_ASCII);
        elements.add(Element.scored(name, Double.parseDouble(score.replace("inf", "Infinity"))));
      } else {
        long expires = expiries.isEmpty() ? Element.NEVER : (Long) expiries.get(i / 2);
        elements.add(Element.field(name, value, Math.max(expires, Element.NEVER)));
      }
    }
    return elements;
  }

  /** When each field expires; empty where the server knows no such thing. */
  private List<?> fieldExpiries(byte[] key, List<?> parts) {
    if (!expiring || parts.isEmpty()) {
      return List.of();
    }
    List<byte[]> arguments = new ArrayList<>(List.of(key, ascii("FIELDS")));
    arguments.add(ascii(parts.size() / 2));
    for (int i = 0; i < parts.size(); i += 2) {
      arguments.add((byte[]) parts.get(i));
    }
    return (List<?>) call("HPEXPIRETIME", arguments.toArray(new byte[0][]));
  }

  /** Elements by pages. */
  abstract static class Paged<T> implements Iterator<T> {
    private Iterator<T> now = java.util.Collections.emptyIterator();
    boolean last;

    /** The next page, which may be empty; sets {@link #last}. */
    abstract List<T> page();

    @Override
    public boolean hasNext() {
      while (!now.hasNext() && !last) {
        now = page().iterator();
      }
      return now.hasNext();
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      return now.next();
    }
  }

  /** A string by pieces. */
  private final class Pieces extends InputStream {
    private final byte[] key;
    private final long length;
    private long asked;
    private byte[] piece = new byte[0];
    private int taken;

    Pieces(byte[] key, long length) {
      this.key = key;
      this.length = length;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
      if (taken == piece.length) {
        if (asked >= length) {
          return -1;
        }
        long end = Math.min(asked + PIECE, length);
        piece = (byte[]) call("GETRANGE", key, ascii(asked), ascii(end - 1));
        asked = end;
        taken = 0;
        if (piece.length == 0) {
          return -1;
        }
      }
      int some = Math.min(count, piece.length - taken);
      System.arraycopy(piece, taken, into, offset, some);
      taken += some;
      return some;
    }
  }
}
