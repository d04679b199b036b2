package dev.godwit.extractor.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.memcached.MemcachedServer;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers whose crawler does not list keys, or must not be kept waiting. */
@ExtendWith(NeedsMemcached.class)
class CrawlerTest {
  private static GodwitException failure(String uri) {
    try (Reading reading = new Reading(uri)) {
      return catchThrowableOfType(GodwitException.class, reading::open);
    }
  }

  private static void fill(MemcachedServer server, int items) {
    byte[] value = {'x'};
    for (int i = 0; i < items; i++) {
      String key = "a key that is not so short, of a session or of a page, number " + i;
      server.setQuietly(key.getBytes(StandardCharsets.US_ASCII), value, "");
    }
    server.settle();
  }

  @Test
  void aCrawlerThatIsSwitchedOffIsNamed() {
    try (MemcachedServer server = MemcachedServer.start("-o", "no_lru_crawler")) {
      GodwitException failure = failure(server.uri());
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(failure)
          .hasMessageContaining("cannot list the keys of 127.0.0.1:" + server.port());
      assertThat(failure.hint().orElseThrow()).contains("'lru_crawler enable'");
    }
  }

  @Test
  void aServerThatListsNoKeysIsNamed() {
    try (MemcachedServer server = MemcachedServer.start("-X")) {
      assertThat(failure(server.uri()).hint().orElseThrow()).contains("without -X");
    }
  }

  @Test
  void aCrawlerThatStaysBusyIsNamed() {
    try (MemcachedServer server = MemcachedServer.start()) {
      fill(server, 20_000);
      assertThat(server.ask("lru_crawler sleep 1000000")).isEqualTo("OK");
      server.send("lru_crawler metadump hash\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(server.line()).matches("OK|key=.*"); // it goes on for most of a minute
      GodwitException failure = failure(server.uri() + "?crawler-wait=1");
      assertThat(failure).hasMessageEndingWith("its crawler has been busy for 1 s");
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
    }
  }

  /**
   * A crawler whose dump is not read holds a part of the hash table, and whoever asks for an item
   * of it waits; and while it waits itself, not even the settings can be asked for.
   */
  @Test
  @Timeout(600)
  void aSlowReaderDoesNotHoldUpTheServer() {
    int items = 300_000;
    try (MemcachedServer server = MemcachedServer.start("-m", "200")) {
      fill(server, items);
      try (Reading reading = new Reading(server.uri()).open()) {
        int read = reading.batch();
        assertThat(read).isBetween(10_000, 1 << 16);
        assertThat(server.ask("lru_crawler tocrawl 0")).isEqualTo("OK");
        for (int i = 0; i < items; i += 100) {
          assertThat(
                  server.item("a key that is not so short, of a session or of a page, number " + i))
              .isEqualTo("f0 t-1 x");
        }
        assertThat(read + reading.rest().size()).isEqualTo(items);
      }
    }
  }
}
