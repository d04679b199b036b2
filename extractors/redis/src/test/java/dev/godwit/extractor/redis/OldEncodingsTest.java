package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.redis.rdb.Payload;
import dev.godwit.extractor.redis.rdb.ValueDecoder;
import dev.godwit.extractor.redis.value.TypedForm;
import dev.godwit.extractor.redis.value.Value;
import dev.godwit.testkit.server.redis.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Encodings that servers at hand do not write any more, or do not write yet, laid down by hand as
 * {@code rdb.h} and {@code rdb.c} of Redis 7.4 (types 1 to 14, 24, 25) and of Valkey 9.0 (type 22)
 * say. A server that takes a payload says itself what is in it.
 */
class OldEncodingsTest {
  private static final long EARLIEST = 4_102_444_800_000L;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Payload strings(int type, long count, String... strings) {
    Payload payload = new Payload(type).length(count);
    for (String one : strings) {
      payload.string(ascii(one));
    }
    return payload;
  }

  private static byte[] zipmap() {
    Payload map = new Payload(2); // how many entries
    map.raw(new byte[] {1}).raw(ascii("a")).raw(new byte[] {2, 0}).raw(ascii("bc"));
    map.raw(new byte[] {2}).raw(ascii("de")).raw(new byte[] {1, 0}).raw(ascii("f"));
    return map.raw(new byte[] {(byte) 0xff}).bytes();
  }

  private static byte[] ziplist() {
    Payload list = new Payload(23).raw(new byte[] {0, 0, 0, 17, 0, 0, 0, 3, 0});
    list.raw(new byte[] {0, 1, 'a'}); // the length of the entry before, then this one
    list.raw(new byte[] {3, (byte) 0xc0, (byte) 0xff, (byte) 0xfe}); // -257
    list.raw(new byte[] {4, 3, 'b', 'c', 'd'}).raw(new byte[] {(byte) 0xff});
    return list.bytes();
  }

  private static byte[] payload(String kind) {
    return switch (kind) {
      case "list" -> strings(1, 3, "a", "b", "a").close(Payload.OLDEST);
      case "set" -> strings(2, 2, "b", "a").close(Payload.OLDEST);
      case "hash" -> strings(4, 2, "f", "1", "e", "2").close(Payload.OLDEST);
      case "old scores" -> {
        Payload scores = new Payload(3).length(4);
        scores.string(ascii("a")).raw(new byte[] {3, '1', '.', '5'});
        scores.string(ascii("b")).raw(new byte[] {(byte) 254});
        scores.string(ascii("c")).raw(new byte[] {(byte) 255});
        yield scores.string(ascii("d")).raw(new byte[] {2, '-', '7'}).close(Payload.OLDEST);
      }
      case "zipmap" -> new Payload(9).string(zipmap()).close(Payload.OLDEST);
      case "ziplist" -> new Payload(10).string(ziplist()).close(Payload.OLDEST);
      case "quicklist" -> new Payload(14).length(1).string(ziplist()).close(Payload.OLDEST);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static String form(byte[] payload) {
    try (TypedForm form = new TypedForm(ValueDecoder.ofPayload(payload))) {
      return new String(form.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] bytes(byte[] module) {
    Value.Plain value = (Value.Plain) ValueDecoder.ofPayload(module);
    try {
      return value.bytes().readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "set", "hash", "old scores", "zipmap", "ziplist", "quicklist"})
  void readsWhatAServerReads(String kind) {
    try (RedisServer server = RedisServer.start()) {
      byte[] payload = payload(kind);
      server.callRaw("RESTORE", ascii("key"), ascii("0"), payload);
      assertThat(KeysAsked.describe(server, ascii("key"))).endsWith(" until ever " + form(payload));
    }
  }

  /**
   * Of a list of RediSearch 1.2, dumped by Redis 7.0, which compresses the long string in it and
   * numbers its payloads by its own version.
   */
  @Test
  void readsAModulesValueAsTheSamePayloadFromEveryServer() {
    String head = "07817edfe29ef89dc40102405302050205020102010205020505";
    String dumped = head + "c30f1e070000010201040001e00b05010104" + "000a0043c0696e1785bc1d";
    byte[] plain = HexFormat.of().parseHex("0000" + "010201040001".repeat(4) + "01020104");
    Payload whole = new Payload(7).raw(HexFormat.of().parseHex(head.substring(2)));
    byte[] expected = whole.string(plain).length(0).close(Payload.OLDEST);
    assertThat(bytes(HexFormat.of().parseHex(dumped))).isEqualTo(expected);
    assertThat(bytes(expected)).isEqualTo(expected);
  }

  @Test
  void readsFieldsThatExpire() {
    String expected = "[[\"a\",\"1\",4102444800000],[\"b\",\"2\"],[\"c\",\"3\",4102444800041]]";
    Payload table = new Payload(24).littleEndian(EARLIEST).length(3);
    table.length(1).string(ascii("a")).string(ascii("1")); // so long after the earliest, plus one
    table.length(0).string(ascii("b")).string(ascii("2"));
    table.length(42).string(ascii("c")).string(ascii("3"));
    assertThat(form(table.close(12))).isEqualTo(expected);

    Payload valkey = new Payload(22).length(3);
    valkey.string(ascii("a")).string(ascii("1")).littleEndian(EARLIEST);
    valkey.string(ascii("b")).string(ascii("2")).littleEndian(-1);
    valkey.string(ascii("c")).string(ascii("3")).littleEndian(EARLIEST + 41);
    assertThat(form(valkey.close(80))).isEqualTo(expected);

    Payload pack = new Payload(65).raw(new byte[] {0, 0, 0, 9, 0});
    entry(pack, "a").raw(new byte[] {1, 1});
    time(pack, EARLIEST);
    entry(pack, "b").raw(new byte[] {2, 1}).raw(new byte[] {0, 1});
    entry(pack, "c").raw(new byte[] {3, 1});
    time(pack, EARLIEST + 41).raw(new byte[] {(byte) 0xff});
    Payload listpack = new Payload(25).littleEndian(EARLIEST).string(pack.bytes());
    assertThat(form(listpack.close(12))).isEqualTo(expected);
  }

  private static Payload entry(Payload pack, String one) {
    return pack.raw(new byte[] {(byte) (0x80 | one.length())})
        .raw(ascii(one))
        .raw(new byte[] {(byte) (1 + one.length())});
  }

  private static Payload time(Payload pack, long millis) {
    return pack.raw(new byte[] {(byte) 0xf4}).littleEndian(millis).raw(new byte[] {9});
  }
}
