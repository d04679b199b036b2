package dev.godwit.extractor.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.Relay;
import dev.godwit.testkit.server.memcached.MemcachedServer;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What single items look like as records, also where they change while they are read. */
@ExtendWith(NeedsMemcached.class)
class ItemsTest {
  private MemcachedServer server;

  @BeforeEach
  void startServer() {
    server = MemcachedServer.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void keyValueFlagsAndExpiryAreReadAsTheyAre() {
    long now = server.statistic("time");
    server.set("never", "a", "");
    server.set("zero", "", "T0 F4294967295");
    server.set("soon", "b", "T" + (now + 500));
    server.set("late", "c", "T" + (now + 40L * 24 * 60 * 60));
    server.set("gone", "d", "T-1");
    server.set("a%20b", "e", "");
    server.set("a b\r\n", "\r\nEND\r\n", "F7");
    server.set("k".repeat(250), "f", "");
    try (Reading reading = new Reading(server.uri()).open()) {
      Map<String, String> rows = reading.rest();
      assertThat(rows.remove("k".repeat(250))).isEqualTo("string null f null 0");
      assertThat(rows)
          .isEqualTo(
              Map.of(
                  "never", "string null a null 0",
                  "zero", "string null  null 4294967295",
                  "soon", "string " + (now + 500) * 1000 + " b null 0",
                  "late", "string " + (now + 40L * 24 * 60 * 60) * 1000 + " c null 0",
                  "a%20b", "string null e null 0",
                  "a b\r\n", "string null \r\nEND\r\n null 7"));
      assertThat(reading.conclude()).isEmpty();
    }
  }

  /** They have no word in a command: such a key comes from a client of the binary protocol. */
  @Test
  void longKeysWithBlanksAreReadAsWell() {
    String longest = "a b\r\n" + "k".repeat(245);
    String another = "a c" + "k".repeat(184);
    server.set("a a", "before", "");
    server.setInBinary(
        longest.getBytes(StandardCharsets.US_ASCII),
        "x\r\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII),
        -1);
    server.setInBinary(another.getBytes(StandardCharsets.US_ASCII), new byte[0], 7);
    server.set("b", "after", "");
    try (Reading reading = new Reading(server.uri()).open()) {
      assertThat(reading.rest())
          .isEqualTo(
              Map.of(
                  "a a",
                  "string null before null 0",
                  longest,
                  "string null " + "x\r\n".repeat(100_000) + " null 4294967295",
                  another,
                  "string null  null 7",
                  "b",
                  "string null after null 0"));
      assertThat(reading.conclude()).isEmpty();
    }
  }

  @Test
  void theCasNumberIsReadWhereItIsAskedFor() {
    server.set("a", "x", "");
    server.set("b", "x", "");
    try (Reading reading = new Reading(server.uri() + "?cas=true").open()) {
      Map<String, String> rows = reading.rest();
      assertThat(rows.get("a")).matches("string null x null 0 [1-9]");
      assertThat(rows.get("b")).matches("string null x null 0 [1-9]").isGreaterThan(rows.get("a"));
    }
  }

  @Test
  void whatGoesBeforeItIsReadIsCounted() {
    for (int i = 0; i < 10; i++) {
      server.set("key" + i, "x", "");
    }
    try (Reading reading = new Reading(server.uri()).open()) {
      assertThat(server.ask("md key3")).startsWith("HD");
      assertThat(server.ask("md key7")).startsWith("HD");
      server.set("late", "x", "");
      assertThat(reading.rest()).hasSize(8).doesNotContainKeys("key3", "key7", "late");
      assertThat(reading.conclude())
          .containsExactly("2 keys were deleted, evicted or had expired before they could be read");
    }
  }

  @Test
  void whatIsWrittenAnewIsReadAsItIsThen() {
    long now = server.statistic("time");
    for (String key : new String[] {"touched", "rewritten", "freed"}) {
      server.set(key, "old", "T" + (now + 500));
    }
    server.set("bound", "old", "");
    try (Reading reading = new Reading(server.uri()).open()) {
      assertThat(server.ask("mg touched T" + (now + 9000))).startsWith("HD");
      server.set("rewritten", "new", "F3 T" + (now + 7000));
      server.set("freed", "new", "");
      server.set("bound", "new", "T" + (now + 8000));
      Map<String, String> rows = reading.rest();
      assertThat(rows.get("touched")).matches(about(now + 9000, "old", 0));
      assertThat(rows.get("rewritten")).matches(about(now + 7000, "new", 3));
      assertThat(rows.get("freed")).isEqualTo("string null new null 0");
      assertThat(rows.get("bound")).matches(about(now + 8000, "new", 0));
    }
  }

  /** To a second, as the server tells it. */
  private static String about(long seconds, String value, int flags) {
    String until = "(" + (seconds - 1) + "|" + seconds + "|" + (seconds + 1) + ")000";
    return "string " + until + " " + value + " null " + flags;
  }

  /** In the server's order of use nothing is moved, and nothing counts as fetched. */
  @Test
  void readingLeavesNoTrace() {
    server.set("a", "x", "");
    try (Reading reading = new Reading(server.uri()).open()) {
      assertThat(reading.rest()).hasSize(1);
    }
    assertThat(server.ask("mg a h u")).isEqualTo("HD h0");
  }

  @Test
  void valuesOfEverySizeComeWhole() {
    for (int size : new int[] {0, 1, 255 << 10, 256 << 10, (256 << 10) + 1, 1_000_000}) {
      server.set(
          ("size" + size).getBytes(StandardCharsets.US_ASCII),
          "x".repeat(size).getBytes(StandardCharsets.US_ASCII),
          "");
    }
    try (Reading reading = new Reading(server.uri()).open()) {
      assertThat(reading.rest())
          .hasSize(6)
          .allSatisfy(
              (key, row) -> {
                int size = Integer.parseInt(key.substring("size".length()));
                assertThat(row.equals("string null " + "x".repeat(size) + " null 0")).isTrue();
              });
    }
  }

  /** Whoever gets a large value reads it, and is told what any read of the server would tell. */
  @Test
  void aConnectionThatBreaksWithinALargeValueIsTold() throws IOException {
    try (MemcachedServer large = MemcachedServer.start("-I", "64m", "-m", "200");
        Relay relay = new Relay(large.port())) {
      large.set("large", "x".repeat(30 << 20), "");
      try (Reading reading = new Reading("memcached://127.0.0.1:" + relay.port()).open()) {
        relay.breakAfter(15_000_000);
        assertThatThrownBy(reading::large)
            .isInstanceOf(GodwitException.class)
            .hasMessageContaining("the connection was lost")
            .extracting(e -> ((GodwitException) e).exitCode())
            .isEqualTo(ExitCode.SOURCE_UNREACHABLE);
      }
    }
  }
}
