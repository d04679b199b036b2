package dev.godwit.loader.redis;

import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keys of every type, in every encoding that a server gives them, and at every edge. */
final class EveryValue {
  private static final String[] SCORES = {
    "0", "-0.0", "1.5", "0.1", "1e300", "-1e-300", "inf", "-inf", "9007199254740993", "3.0000000001"
  };

  private final RedisServer server;

  EveryValue(RedisServer server) {
    this.server = server;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void fill() {
    strings();
    collections();
    streams();
    if (server.atLeast(7, 4)) {
      server.call("HSET", "hash fields expire", "a", "1", "b", "2", "c", "3");
      server.call("HPEXPIREAT", "hash fields expire", "4000000000123", "FIELDS", "1", "a");
      server.call("HPEXPIREAT", "hash fields expire", "4000000000456", "FIELDS", "1", "b");
    }
    server.call("SELECT", "9");
    server.call("SET", "elsewhere", "1");
    server.call("SELECT", "0");
  }

  private void strings() {
    server.call("SET", "string", "text");
    server.call("SET", "string number", "-123456789012");
    server.call("SET", "string no number", "007");
    server.call("SET", "string empty", "");
    server.call("SET", "", "the key is empty");
    server.call("SET", "string long", "godwit ".repeat(2000));
    server.callRaw("SET", new byte[] {0, (byte) 0xff, '\r', '\n', '{', '}'}, new byte[] {0, 1, -1});
    server.callRaw("SET", bytes("key {tag} ü\""), bytes("ü\u0001"));
    server.call("SET", "string expires", "then");
    server.call("PEXPIREAT", "string expires", "4000000000789");
    server.call("SET", "number expires", "17");
    server.call("PEXPIREAT", "number expires", "4000000000001");
    for (int i = 0; i < 3000; i++) {
      server.call("SET", "many:" + i, "v".repeat(i % 300));
    }
  }

  private void collections() {
    server.call("RPUSH", "list", "b", "a", "", "12", "-5000000000", "a");
    server.call("SADD", "set of numbers", "3", "-1", "70000", "5000000000");
    server.call("SADD", "set", "b", "a", "");
    server.callRaw("SADD", bytes("set binary"), new byte[] {-1, 0}, bytes("a\"\\\n"));
    for (int i = 0; i < SCORES.length; i++) {
      server.call("ZADD", "scores", SCORES[i], "m" + i);
    }
    server.call("HSET", "hash", "a", "1", "", "", "b", "\"quoted\"");
    server.callRaw("HSET", bytes("hash binary"), new byte[] {0}, new byte[] {-1});
    server.call("PEXPIREAT", "hash", "4000000000002");
    for (String number :
        List.of(
            "0",
            "-0",
            "00",
            "007",
            "-",
            "-7",
            "300",
            "-5000",
            "70000",
            "9000000",
            "-2147483649",
            "999999999999999999",
            "9223372036854775807",
            "1e3",
            " 1")) {
      server.call("HSET", "hash of numbers", "f" + number, number, number, "x".repeat(64));
    }
    List<List<String>> more = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      more.add(List.of("RPUSH", "list long", "element " + i));
      more.add(List.of("SADD", "set long", "member " + i));
      more.add(List.of("SADD", "set of many numbers", Integer.toString(i * 7)));
      more.add(List.of("ZADD", "scores long", Double.toString(i / 8.0), "member " + i));
      more.add(List.of("HSET", "hash long", "field " + i, "value " + i));
    }
    more.add(List.of("RPUSH", "list wide", "x".repeat(20_000), "y"));
    more.add(List.of("HSET", "hash wide", "f", "x".repeat(20_000)));
    more.add(List.of("PEXPIREAT", "scores long", "4000000000003"));
    server.callMany(more);
  }

  private void streams() {
    List<List<String>> more = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      String field = i % 7 == 0 ? "other" : "field";
      more.add(List.of("XADD", "stream", i * 10 + "-" + i % 3, field, "v" + i, "n", "" + i * i));
    }
    for (int length : new int[] {1, 63, 64, 4095, 4096, 16377, 16378, 16379, 40_000}) {
      more.add(List.of("XADD", "stream wide", "*", "f", "x".repeat(length)));
    }
    more.add(List.of("XADD", "stream of one", "18446744073709551614-18446744073709551615", "", ""));
    more.add(List.of("XADD", "stream emptied", "5-5", "a", "b"));
    more.add(List.of("XDEL", "stream emptied", "5-5"));
    more.add(List.of("XGROUP", "CREATE", "stream new", "g", "0", "MKSTREAM"));
    more.add(List.of("XDEL", "stream", "30-0", "10000-1"));
    more.add(List.of("XGROUP", "CREATE", "stream", "readers", "0"));
    more.add(List.of("XGROUP", "CREATE", "stream", "late", "$"));
    more.add(
        List.of("XREADGROUP", "GROUP", "readers", "ann", "COUNT", "50", "STREAMS", "stream", ">"));
    more.add(
        List.of("XREADGROUP", "GROUP", "readers", "bob", "COUNT", "5", "STREAMS", "stream", ">"));
    more.add(List.of("XACK", "stream", "readers", "10-1", "20-2", "40-1"));
    more.add(
        List.of(
            "XCLAIM",
            "stream",
            "readers",
            "bob",
            "0",
            "50-2",
            "TIME",
            "1700000000123",
            "RETRYCOUNT",
            "7"));
    if (server.atLeast(6, 2)) {
      more.add(List.of("XGROUP", "CREATECONSUMER", "stream", "readers", "idle"));
    }
    more.add(List.of("PEXPIREAT", "stream of one", "4000000000004"));
    server.callMany(more);
  }

  /** A value of each type that does not stay in its row. */
  void fillLarge() {
    List<List<String>> more = new ArrayList<>();
    String kilobyte = "godwit 7".repeat(128);
    more.add(List.of("SET", "large string", kilobyte.repeat(9000)));
    for (int i = 0; i < 9000; i++) {
      more.add(List.of("RPUSH", "large list", kilobyte + i));
      more.add(List.of("SADD", "large set", i + kilobyte));
      more.add(List.of("ZADD", "large scores", Double.toString(i / 4.0), i + kilobyte));
      more.add(List.of("HSET", "large hash", "field " + i, kilobyte));
      more.add(List.of("XADD", "large stream", (i + 1) + "-0", "field", kilobyte));
    }
    more.add(List.of("XGROUP", "CREATE", "large stream", "g", "0"));
    more.add(
        List.of("XREADGROUP", "GROUP", "g", "c", "COUNT", "9", "STREAMS", "large stream", ">"));
    more.add(List.of("XDEL", "large stream", "5-0"));
    more.add(List.of("PEXPIREAT", "large hash", "4000000000005"));
    server.callMany(more);
    if (server.atLeast(7, 4)) {
      server.call("HPEXPIREAT", "large hash", "4000000000123", "FIELDS", "1", "field 7");
    }
  }
}
