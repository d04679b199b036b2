package dev.godwit.extractor.redis.read;

import static dev.godwit.extractor.redis.session.RedisConnection.ascii;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisConnection.Command;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.extractor.redis.value.StreamId;
import dev.godwit.extractor.redis.value.StreamState;
import dev.godwit.extractor.redis.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads a large stream in pieces. Times of deliveries are told as so long ago, so on a busy server
 * they come out to the millisecond or two; before Redis 6.0 those of consumers too.
 */
final class LargeStreams {
  private static final Command PENDING = Command.of("XPENDING");
  private static final int PENDING_AT_ONCE = 250;
  private static final int TRIES = 50;

  /** The greatest id, after which the next would be the first again. */
  private static final StreamId GREATEST = new StreamId(-1, -1);

  private final RedisConnection connection;
  private final RedisServer server;
  private final String doing;
  private final byte[] key;

  private LargeStreams(RedisConnection connection, RedisServer server, String doing, byte[] key) {
    this.connection = connection;
    this.server = server;
    this.doing = doing;
    this.key = key;
  }

  static Value read(
      RedisConnection connection, RedisServer server, String doing, byte[] key, int atOnce) {
    LargeStreams stream = new LargeStreams(connection, server, doing, key);
    return new Value.Stream(stream.entries(atOnce), stream::state);
  }

  private Object call(String command, byte[]... arguments) {
    return connection.call(doing, Command.of(command), arguments);
  }

  private LargeKeys.Paged<Value.StreamEntry> entries(int atOnce) {
    return new LargeKeys.Paged<>() {
      private byte[] from = ascii("-");

      @Override
      List<Value.StreamEntry> page() {
        List<?> page =
            (List<?>) call("XRANGE", key, from, ascii("+"), ascii("COUNT"), ascii(atOnce));
        List<Value.StreamEntry> entries = new ArrayList<>();
        for (Object one : page) {
          List<?> entry = (List<?>) one;
          List<byte[]> parts =
              ((List<?>) entry.get(1)).stream().map(part -> (byte[]) part).toList();
          entries.add(new Value.StreamEntry(id(entry.get(0)), parts));
        }
        last = page.size() < atOnce;
        if (!entries.isEmpty()) {
          StreamId id = entries.get(entries.size() - 1).id();
          last |= id.equals(GREATEST);
          from = after(id);
        }
        return entries;
      }
    };
  }

  /** The next id that there can be: older servers know no "(" before an id. */
  private static byte[] after(StreamId id) {
    return ascii(
        (id.sequence() == -1 ? new StreamId(id.millis() + 1, 0) : id.plus(0, 1)).toString());
  }

  private static StreamId id(Object text) {
    return StreamId.parse(new String((byte[]) text, StandardCharsets.US_ASCII));
  }

  private StreamState state() {
    Map<String, Object> info = map(call("XINFO", ascii("STREAM"), key));
    List<?> told = (List<?>) call("XINFO", ascii("GROUPS"), key);
    List<List<StreamState.Consumer>> consumers = consumers(told);
    List<StreamState.Group> groups = new ArrayList<>();
    for (int i = 0; i < Math.min(told.size(), consumers.size()); i++) {
      groups.add(group(map(told.get(i)), consumers.get(i)));
    }
    return new StreamState(
        id(info.get("last-generated-id")),
        info.containsKey("max-deleted-entry-id") ? id(info.get("max-deleted-entry-id")) : null,
        number(info, "entries-added"),
        groups);
  }

  private StreamState.Group group(Map<String, Object> info, List<StreamState.Consumer> consumers) {
    byte[] name = (byte[]) info.get("name");
    OptionalLong read =
        info.containsKey("entries-read")
            ? OptionalLong.of(number(info, "entries-read").orElse(-1))
            : OptionalLong.empty();
    return new StreamState.Group(
        name, id(info.get("last-delivered-id")), read, consumers, pending(name));
  }

  /** By group, which are told in the same order everywhere. */
  private List<List<StreamState.Consumer>> consumers(List<?> groups) {
    List<List<StreamState.Consumer>> all = new ArrayList<>();
    if (server.atLeast(6, 0)) { // tells when, not how long ago
      Object full = call("XINFO", ascii("STREAM"), key, ascii("FULL"), ascii("COUNT"), ascii("1"));
      for (Object group : (List<?>) map(full).get("groups")) {
        all.add(consumers((List<?>) map(group).get("consumers"), 0));
      }
      return all;
    }
    for (Object group : groups) {
      Object name = map(group).get("name");
      TimedAnswer told =
          TimedAnswer.of(
              connection, doing, Command.of("XINFO"), ascii("CONSUMERS"), key, (byte[]) name);
      all.add(consumers((List<?>) told.answer(), told.before()));
    }
    return all;
  }

  private static List<StreamState.Consumer> consumers(List<?> told, long now) {
    List<StreamState.Consumer> all = new ArrayList<>();
    for (Object one : told) {
      Map<String, Object> info = map(one);
      long seen = number(info, "seen-time").orElse(now - number(info, "idle").orElse(0));
      all.add(
          new StreamState.Consumer((byte[]) info.get("name"), seen, number(info, "active-time")));
    }
    return all;
  }

  private List<StreamState.Pending> pending(byte[] group) {
    List<StreamState.Pending> all = new ArrayList<>();
    byte[] from = ascii("-");
    for (List<?> page = List.of(""); !page.isEmpty(); ) {
      TimedAnswer told = pending(group, from);
      page = (List<?>) told.answer();
      for (Object one : page) {
        List<?> parts = (List<?>) one;
        StreamId id = id(parts.get(0));
        all.add(
            new StreamState.Pending(
                id,
                (byte[]) parts.get(1),
                told.before() - (Long) parts.get(2),
                (Long) parts.get(3)));
        from = after(id);
        if (id.equals(GREATEST)) {
          return all;
        }
      }
    }
    return all;
  }

  /** Some, to the millisecond if they can be had so. */
  private TimedAnswer pending(byte[] group, byte[] from) {
    byte[][] wanted = {key, group, from, ascii("+"), ascii(PENDING_AT_ONCE)};
    for (int tried = 0; ; tried++) {
      TimedAnswer page = TimedAnswer.of(connection, doing, PENDING, wanted);
      if (((List<?>) page.answer()).isEmpty() || tried == TRIES || page.isExact()) {
        return page;
      }
    }
  }

  private static Map<String, Object> map(Object answer) {
    Map<String, Object> map = new HashMap<>();
    List<?> parts = (List<?>) answer;
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      map.put(new String((byte[]) parts.get(i), StandardCharsets.US_ASCII), parts.get(i + 1));
    }
    return map;
  }

  private static OptionalLong number(Map<String, Object> map, String name) {
    return map.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }
}
