package dev.godwit.loader.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.memcached.MemcachedServer;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that has less memory than is loaded. */
@ExtendWith(NeedsMemcached.class)
class MemoryTest {
  private static GodwitException failure(MemcachedServer server) {
    try (Given given = new Given(server.uri(), false)) {
      for (int i = 0; i < 4000; i++) {
        var ignored = given.string("key" + i, "godwit ".repeat(700), null);
      }
      return catchThrowableOfType(GodwitException.class, given::load);
    }
  }

  @Test
  void itemsGivenUpToMakeRoomAreNoSuccess() {
    try (MemcachedServer server = MemcachedServer.start("-m", "8")) {
      GodwitException failure = failure(server);
      assertThat(server.statistic("evictions")).isPositive();
      assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_WHOLE);
      assertThat(failure)
          .hasMessage(
              "127.0.0.1:%d gave up %d items during the load: its memory is too small",
              server.port(), server.statistic("evictions"));
      assertThat(failure.hint().orElseThrow()).contains("more than 8 MB");
    }
  }

  @Test
  void aServerThatGivesUpNothingSaysThatItIsFull() {
    try (MemcachedServer server = MemcachedServer.start("-m", "8", "-M")) {
      GodwitException failure = failure(server);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(failure).hasMessageContaining("the memory of 127.0.0.1:" + server.port());
    }
  }
}
