package dev.godwit.testkit.server.redis;

import dev.godwit.testkit.row.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What lies in a server, as plain commands of each type show it: by database and key, the type, the
 * value and the expiry. It knows nothing of how a server keeps a value.
 */
public final class Contents {
  /** What every server tells of a stream that it holds. */
  private static final Set<String> TOLD =
      Set.of(
          "\"length\"",
          "\"last-generated-id\"",
          "\"max-deleted-entry-id\"",
          "\"entries-added\"",
          "\"groups\"");

  /** So many keys are asked for at a time: a question for each alone would take minutes. */
  private static final int TOGETHER = 500;

  private final RedisServer server;
  private final boolean tellsExpiry;
  private final boolean tellsExpiryOfFields;

  private Contents(RedisServer server) {
    this.server = server;
    this.tellsExpiry = server.has("PEXPIRETIME");
    this.tellsExpiryOfFields = server.has("HPEXPIRETIME");
  }

  /** Every key of the first 16 databases, named {@code db0 "key"}. */
  public static SortedMap<String, String> of(RedisServer server) {
    return of(server, 16);
  }

  /** Every key of so many databases; a node of a cluster has one. */
  public static SortedMap<String, String> of(RedisServer server, int databases) {
    SortedMap<String, String> all = new TreeMap<>();
    Contents contents = new Contents(server);
    for (int database = 0; database < databases; database++) {
      contents.read(database, all);
    }
    server.call("SELECT", "0");
    return all;
  }

  private void read(int database, SortedMap<String, String> into) {
    server.call("SELECT", Integer.toString(database));
    List<byte[]> keys = new ArrayList<>();
    ((List<?>) server.call("KEYS", "*")).forEach(key -> keys.add((byte[]) key));
    for (int from = 0; from < keys.size(); from += TOGETHER) {
      List<byte[]> some = keys.subList(from, Math.min(keys.size(), from + TOGETHER));
      describe(some, "db" + database + " ", into);
    }
  }

  private void describe(List<byte[]> keys, String prefix, SortedMap<String, String> into) {
    List<String> types = new ArrayList<>();
    together(keys, key -> command("TYPE", key)).forEach(type -> types.add(word((byte[]) type)));
    Iterator<String> type = types.iterator();
    List<Object> values = together(keys, key -> asking(type.next(), key));
    String left = tellsExpiry ? "PEXPIRETIME" : "PTTL";
    List<Object> expiries = together(keys, key -> command(left, key));
    for (int i = 0; i < keys.size(); i++) {
      byte[] key = keys.get(i);
      String value = describe(types.get(i), key, values.get(i));
      into.put(
          prefix + text(key),
          types.get(i) + " until " + expiry(key, (Long) expiries.get(i)) + " " + value);
    }
  }

  private List<Object> together(List<byte[]> keys, Function<byte[], List<byte[]>> asking) {
    return server.callTogether(keys.stream().map(asking).toList());
  }

  /** What asks for all of a value, or for the most of it. */
  private static List<byte[]> asking(String type, byte[] key) {
    return switch (type) {
      case "string" -> command("GET", key);
      case "list" -> command("LRANGE", key, ascii("0"), ascii("-1"));
      case "set" -> command("SMEMBERS", key);
      case "zset" -> command("ZRANGE", key, ascii("0"), ascii("-1"), ascii("WITHSCORES"));
      case "hash" -> command("HGETALL", key);
      case "stream" -> command("XRANGE", key, ascii("-"), ascii("+"));
      default -> command("DUMP", key);
    };
  }

  private static List<byte[]> command(String name, byte[]... arguments) {
    return Stream.concat(Stream.of(ascii(name)), Arrays.stream(arguments)).toList();
  }

  private String describe(String type, byte[] key, Object value) {
    return switch (type) {
      case "set" -> sorted((List<?>) value, 1);
      case "hash" -> sorted((List<?>) value, 2) + fieldExpiries(key);
      case "stream" -> shown(value) + aboutStream(key);
      default -> shown(value);
    };
  }

  /** In tenths of a second, since of older servers it can be reckoned only. */
  private String expiry(byte[] key, long told) {
    long millis = told < 0 || tellsExpiry ? told : reckoned(key);
    return millis < 0 ? "ever" : Long.toString((millis + 50) / 100);
  }

  /** Servers before 7.0 tell how long is left: of worth where the clock went on but a little. */
  private long reckoned(byte[] key) {
    for (; ; ) {
      long before = now();
      long left = (Long) server.callRaw("PTTL", key);
      if (left < 0) {
        return left;
      }
      if (now() - before <= 20) {
        return before + left;
      }
    }
  }

  private long now() {
    List<?> now = (List<?>) server.call("TIME");
    return Long.parseLong(new String((byte[]) now.get(0), StandardCharsets.UTF_8)) * 1000
        + Long.parseLong(new String((byte[]) now.get(1), StandardCharsets.UTF_8)) / 1000;
  }

  private String fieldExpiries(byte[] key) {
    if (!tellsExpiryOfFields) {
      return "";
    }
    List<byte[]> fields = new ArrayList<>();
    ((List<?>) server.callRaw("HKEYS", key)).forEach(field -> fields.add((byte[]) field));
    fields.sort(Comparator.comparing(Contents::text));
    List<byte[]> arguments = new ArrayList<>(List.of(key, ascii("FIELDS")));
    arguments.add(ascii(Integer.toString(fields.size())));
    arguments.addAll(fields);
    return " " + shown(server.callRaw("HPEXPIRETIME", arguments.toArray(new byte[0][])));
  }

  private String aboutStream(byte[] key) {
    StringBuilder all = new StringBuilder();
    List<?> info = (List<?>) server.callRaw("XINFO", ascii("STREAM"), key);
    SortedMap<String, String> told = new TreeMap<>();
    for (int i = 0; i < info.size(); i += 2) {
      told.put(text((byte[]) info.get(i)), shown(info.get(i + 1)));
    }
    told.keySet().retainAll(TOLD);
    told.forEach((name, value) -> all.append(' ').append(name).append('=').append(value));
    for (Object group : (List<?>) server.callRaw("XINFO", ascii("GROUPS"), key)) {
      all.append(" group ").append(shown(group));
      byte[] name = (byte[]) ((List<?>) group).get(1);
      List<?> pending =
          (List<?>) server.callRaw("XPENDING", key, name, ascii("-"), ascii("+"), ascii("1000"));
      for (Object one : pending) { // id, consumer, idle time, deliveries
        List<?> parts = (List<?>) one;
        all.append(" pending ").append(shown(List.of(parts.get(0), parts.get(1), parts.get(3))));
      }
      for (Object consumer : (List<?>) server.callRaw("XINFO", ascii("CONSUMERS"), key, name)) {
        all.append(" consumer ").append(shown(((List<?>) consumer).subList(0, 4)));
      }
    }
    return all.toString();
  }

  private static String word(byte[] answer) {
    return new String(answer, StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String sorted(List<?> members, int together) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < members.size(); i += together) {
      texts.add(shown(members.subList(i, i + together)));
    }
    texts.sort(Comparator.naturalOrder());
    return String.join("", texts);
  }

  private static String shown(Object answer) {
    if (answer instanceof byte[] bytes) {
      return bytes.length > 1000
          ? "large " + bytes.length + " " + new Bytes(bytes).hashCode()
          : text(bytes);
    } else if (answer instanceof List<?> list) {
      StringBuilder all = new StringBuilder("[");
      list.forEach(one -> all.append(shown(one)).append(' '));
      return all.append(']').toString();
    }
    return String.valueOf(answer);
  }

  private static String text(byte[] bytes) {
    boolean plain = true;
    for (byte b : bytes) {
      plain &= b >= 0x20 && b < 0x7f;
    }
    return plain
        ? '"' + new String(bytes, StandardCharsets.US_ASCII) + '"'
        : HexFormat.of().formatHex(bytes);
  }
}
