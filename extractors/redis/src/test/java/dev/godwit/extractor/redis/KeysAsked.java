package dev.godwit.extractor.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.godwit.testkit.server.redis.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every key of a server in the typed form, made of what plain commands answer: {@code GET}, {@code
 * LRANGE}, {@code SMEMBERS}, {@code ZRANGE}, {@code HGETALL}, {@code XINFO STREAM FULL}. It knows
 * nothing of how a server keeps or sends a value.
 */
final class KeysAsked {
  private final RedisServer server;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final JsonGenerator json;

  private KeysAsked(RedisServer server) throws IOException {
    this.server = server;
    this.json = new JsonFactory().createGenerator(out);
    json.enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
  }

  static SortedMap<String, String> of(RedisServer server) {
    SortedMap<String, String> keys = new TreeMap<>();
    for (int database = 0; database < 16; database++) {
      server.call("SELECT", Integer.toString(database));
      for (Object key : (List<?>) server.call("KEYS", "*")) {
        keys.put(KeyText.name(database, (byte[]) key), describe(server, (byte[]) key));
      }
    }
    server.call("SELECT", "0");
    return keys;
  }

  /** A key of the database that is chosen. */
  static String describe(RedisServer server, byte[] key) {
    try {
      String type = new String((byte[]) server.callRaw("TYPE", key), StandardCharsets.US_ASCII);
      return KeyText.value(type, expires(server, key), new KeysAsked(server).form(type, key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asked between two looks at the clock that show the same millisecond. */
  private static long expires(RedisServer server, byte[] key) {
    while (true) {
      long before = now(server);
      long left = (Long) server.callRaw("PTTL", key);
      if (left < 0 || before == now(server)) {
        return left < 0 ? left : before + left;
      }
    }
  }

  private static long now(RedisServer server) {
    List<?> time = (List<?>) server.call("TIME");
    return number(time.get(0)) * 1000 + number(time.get(1)) / 1000;
  }

  private static long number(Object text) {
    return Long.parseLong(new String((byte[]) text, StandardCharsets.US_ASCII));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] form(String type, byte[] key) throws IOException {
    switch (type) {
      case "string" -> {
        return (byte[]) server.callRaw("GET", key);
      }
      case "list" -> strings((List<?>) server.callRaw("LRANGE", key, ascii("0"), ascii("-1")));
      case "set" -> strings(sorted((List<?>) server.callRaw("SMEMBERS", key)));
      case "zset" -> scores(key);
      case "hash" -> fields(key);
      case "stream" -> stream(key);
      default -> throw new IllegalStateException("a " + type);
    }
    json.close();
    return out.toByteArray();
  }

  private static List<byte[]> sorted(List<?> members) {
    return members.stream().map(one -> (byte[]) one).sorted(Arrays::compareUnsigned).toList();
  }

  private void string(Object answer) throws IOException {
    byte[] bytes = (byte[]) answer;
    if (KeyText.isText(bytes)) {
      json.writeString(new String(bytes, StandardCharsets.UTF_8));
    } else {
      json.writeStartObject();
      json.writeBinaryField("base64", bytes);
      json.writeEndObject();
    }
  }

  private void strings(List<?> elements) throws IOException {
    json.writeStartArray();
    for (Object element : elements) {
      string(element);
    }
    json.writeEndArray();
  }

  private void scores(byte[] key) throws IOException {
    List<?> parts =
        (List<?>) server.callRaw("ZRANGE", key, ascii("0"), ascii("-1"), ascii("WITHSCORES"));
    json.writeStartArray();
    for (int i = 0; i < parts.size(); i += 2) {
      json.writeStartArray();
      string(parts.get(i));
      String score = new String((byte[]) parts.get(i + 1), StandardCharsets.US_ASCII);
      double value = Double.parseDouble(score.replace("inf", "Infinity"));
      if (score.equals("-0") || value != Math.rint(value) || Math.abs(value) >= 1e15) {
        json.writeNumber(value);
      } else {
        json.writeNumber((long) value);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void fields(byte[] key) throws IOException {
    List<byte[]> names = sorted((List<?>) server.callRaw("HKEYS", key));
    boolean expiring = server.has("HPEXPIRETIME");
    json.writeStartArray();
    for (byte[] name : names) {
      json.writeStartArray();
      string(name);
      string(server.callRaw("HGET", key, name));
      if (expiring) {
        List<?> until =
            (List<?>) server.callRaw("HPEXPIRETIME", key, ascii("FIELDS"), ascii("1"), name);
        if ((Long) until.get(0) >= 0) {
          json.writeNumber((Long) until.get(0));
        }
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void stream(byte[] key) throws IOException {
    Map<String, Object> info = server.atLeast(6, 0) ? full(key) : since5(key);
    json.writeStartObject();
    json.writeArrayFieldStart("entries");
    for (Object one : (List<?>) info.get("entries")) {
      List<?> entry = (List<?>) one;
      json.writeStartArray();
      string(entry.get(0));
      strings((List<?>) entry.get(1));
      json.writeEndArray();
    }
    json.writeEndArray();
    field("last", info.get("last-generated-id"));
    field("deleted", info.get("max-deleted-entry-id"));
    field("added", info.get("entries-added"));
    json.writeArrayFieldStart("groups");
    for (Object one : (List<?>) info.get("groups")) {
      group(map(one));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private Map<String, Object> full(byte[] key) {
    return map(
        server.callRaw("XINFO", ascii("STREAM"), key, ascii("FULL"), ascii("COUNT"), ascii("0")));
  }

  /** The same of a server before 6, which tells no times. */
  private Map<String, Object> since5(byte[] key) {
    byte[][] all = {ascii("-"), ascii("+")};
    Map<String, Object> info = map(server.callRaw("XINFO", ascii("STREAM"), key));
    info.put("entries", server.callRaw("XRANGE", key, all[0], all[1]));
    List<Object> groups = new ArrayList<>();
    for (Object told : (List<?>) server.callRaw("XINFO", ascii("GROUPS"), key)) {
      List<Object> group = new ArrayList<>((List<?>) told);
      byte[] name = (byte[]) map(told).get("name");
      // Maps take the last of a name: these replace the counts.
      group.add(ascii("consumers"));
      group.add(server.callRaw("XINFO", ascii("CONSUMERS"), key, name));
      group.add(ascii("pending"));
      group.add(server.callRaw("XPENDING", key, name, all[0], all[1], ascii("1000000")));
      groups.add(group);
    }
    info.put("groups", groups);
    return info;
  }

  private void group(Map<String, Object> info) throws IOException {
    json.writeStartObject();
    field("name", info.get("name"));
    field("last", info.get("last-delivered-id"));
    if (info.containsKey("entries-read")) {
      Object read = info.get("entries-read");
      field("read", read == null ? Long.valueOf(-1) : read);
    }
    json.writeArrayFieldStart("consumers");
    for (Object one : (List<?>) info.get("consumers")) {
      Map<String, Object> consumer = map(one);
      json.writeStartObject();
      field("name", consumer.get("name"));
      field("seen", consumer.get("seen-time"));
      field("active", consumer.get("active-time"));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("pending");
    for (Object one : (List<?>) info.getOrDefault("pending", info.get("pel"))) {
      json.writeStartArray();
      for (Object part : (List<?>) one) {
        if (part instanceof Long number) {
          json.writeNumber(number);
        } else {
          string(part);
        }
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void field(String name, Object value) throws IOException {
    if (value instanceof Long number) {
      json.writeNumberField(name, number);
    } else if (value != null) {
      json.writeFieldName(name);
      string(value);
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
}
