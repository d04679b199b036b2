package dev.godwit.extractor.redis;

import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Fills a server with values of every type, odd ones among them. */
final class EveryType {
  /** Strings that have misled readers: whole numbers of each width, odd bytes, long repetitions. */
  static final List<byte[]> STRINGS = strings();

  private static final String[] SCORES = {
    "0",
    "-0",
    "1",
    "-1",
    "1.5",
    "0.1",
    "inf",
    "-inf",
    "1e300",
    "-1e-300",
    "9007199254740993",
    "1e15",
    "1e21",
    "4.9e-324",
    "123456789012345678"
  };

  private final RedisServer server;

  private EveryType(RedisServer server) {
    this.server = server;
  }

  private static List<byte[]> strings() {
    List<byte[]> all = new ArrayList<>();
    for (String text :
        new String[] {
          "",
          "a",
          "0",
          "-1",
          "12",
          "13",
          "127",
          "128",
          "-128",
          "-129",
          "4095",
          "4096",
          "-4096",
          "32767",
          "-32768",
          "-32769",
          "8388607",
          "8388608",
          "-8388609",
          "2147483647",
          "-2147483648",
          "2147483648",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "007",
          "-0",
          "+1",
          "1.0",
          " 1",
          "\u00e9t\u00e9",
          "\ud83d\udc26",
          "\"quoted\\\n\t\u0001\u007f",
          "{\"base64\":\"AA==\"}"
        }) {
      all.add(text.getBytes(StandardCharsets.UTF_8));
    }
    all.add(new byte[] {0});
    all.add(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    all.add(new byte[] {(byte) 0xc3, (byte) 0x28});
    for (int length : new int[] {43, 44, 45, 63, 64, 127, 128, 300, 4095, 4096, 20_000, 70_000}) {
      all.add("godwit ".repeat(length).substring(0, length).getBytes(StandardCharsets.US_ASCII));
    }
    byte[] noise = new byte[100_000];
    new java.util.Random(7).nextBytes(noise);
    all.add(noise);
    return List.copyOf(all);
  }

  static void fill(RedisServer server) {
    new EveryType(server).fill();
  }

  private void fill() {
    for (int i = 0; i < STRINGS.size(); i++) {
      byte[] one = STRINGS.get(i);
      call("SET", ascii("string:" + i), one);
      call("SET", one, ascii("under an odd key"));
      call("RPUSH", ascii("list"), one);
      call("RPUSH", ascii("list of one:" + i), one);
      call("SADD", ascii("set"), one);
      call("SADD", ascii("set of one:" + i), one);
      call("HSET", ascii("hash"), one, STRINGS.get(STRINGS.size() - 1 - i));
      call("HSET", ascii("hash of one:" + i), one, one);
      call("ZADD", ascii("zset"), ascii(SCORES[i % SCORES.length]), one);
      call("ZADD", ascii("zset of one:" + i), ascii(SCORES[i % SCORES.length]), one);
      if (one.length < 50) {
        call("HSET", ascii("small hash"), one, one);
        call("ZADD", ascii("small zset"), ascii(SCORES[i % SCORES.length]), one);
        call("SADD", ascii("small set"), one);
        call("RPUSH", ascii("small list"), one);
      }
    }
    for (String numbers : new String[] {"1 2 -3", "1 70000 -70000", "5 3000000000 -1"}) {
      for (String number : numbers.split(" ", -1)) {
        server.call("SADD", "ints " + numbers, number);
      }
    }
    for (int i = 0; i < 2000; i++) {
      server.call("SADD", "many ints", Integer.toString(i * 37));
      server.call("RPUSH", "many", "element " + i);
      server.call("ZADD", "ranks", Integer.toString(i % 100), "bird " + i);
    }
    server.call("SELECT", "7");
    server.call("SET", "elsewhere", "in another database");
    server.call("SELECT", "0");
    streams();
  }

  private void streams() {
    for (int i = 1; i <= 250; i++) {
      server.call("XADD", "stream", i + "-" + (i % 3), "leg", "x" + i, "km", "" + i * 100);
    }
    for (int i = 0; i < STRINGS.size(); i++) {
      call("XADD", ascii("odd stream"), ascii("1-" + (i + 1)), STRINGS.get(i), STRINGS.get(i));
    }
    server.call("XADD", "odd stream", "18446744073709551615-18446744073709551614", "a", "b");
    server.call("XADD", "stream", "300-1", "other", "fields", "leg", "1", "leg", "2");
    server.call("XGROUP", "CREATE", "stream", "pilots", "0");
    server.call("XGROUP", "CREATE", "stream", "nobody", "$");
    server.call("XGROUP", "CREATE", "stream", "half", "100-1");
    server.call("XREADGROUP", "GROUP", "pilots", "one", "COUNT", "40", "STREAMS", "stream", ">");
    server.call("XREADGROUP", "GROUP", "pilots", "two", "COUNT", "30", "STREAMS", "stream", ">");
    server.call("XREADGROUP", "GROUP", "pilots", "two", "COUNT", "5", "STREAMS", "stream", "0");
    server.call("XREADGROUP", "GROUP", "half", "idle", "COUNT", "1", "STREAMS", "stream", ">");
    server.call("XACK", "stream", "pilots", "3-0", "4-1", "50-2");
    server.call("XCLAIM", "stream", "pilots", "three", "0", "5-2", "RETRYCOUNT", "9");
    server.call("XDEL", "stream", "6-0", "7-1", "200-2", "250-1");
    server.call("XADD", "emptied", "5-5", "a", "b");
    server.call("XDEL", "emptied", "5-5");
    server.call("XGROUP", "CREATE", "only a group", "g", "0-0", "MKSTREAM");
    server.call("XADD", "trimmed", "1-1", "a", "b");
    server.call("XADD", "trimmed", "MAXLEN", "1", "2-1", "c", "d");
    call("XGROUP", ascii("CREATE"), ascii("stream"), new byte[] {(byte) 0xff, 0}, ascii("$"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void call(String command, byte[]... arguments) {
    Object ignored = server.callRaw(command, arguments);
  }
}
