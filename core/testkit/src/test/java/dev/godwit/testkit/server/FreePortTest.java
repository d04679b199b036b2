package dev.godwit.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortTest {
  /** A server takes a while to listen at its port; another must not be told the same meanwhile. */
  @Test
  void noPortIsChosenTwice() {
    List<Integer> ports = Stream.generate(FreePort::choose).limit(500).toList();
    assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port > 1023 && port < 32_768);
  }
}
