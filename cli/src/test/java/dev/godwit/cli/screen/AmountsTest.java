package dev.godwit.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "-1,?",
    "0,0 B",
    "999,999 B",
    "1000,1.0 kB",
    "999949,999.9 kB",
    "999999,1.0 MB",
    "1500000,1.5 MB",
    "2000000000000,2.0 TB",
    "9223372036854775807,9.2 EB"
  })
  void sizes(long bytes, String text) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.0 s",
    "400,0.4 s",
    "12000,12 s",
    "185000,3 min 5 s",
    "8040000,2 h 14 min",
    "270000000,3 d 3 h"
  })
  void durations(long millis, String text) {
    assertThat(Amounts.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void counts() {
    assertThat(Amounts.count(1234567)).isEqualTo("1,234,567");
    assertThat(Amounts.count(-1)).isEqualTo("?");
    assertThat(Amounts.count(1, "row")).isEqualTo("1 row");
    assertThat(Amounts.count(0, "row")).isEqualTo("0 rows");
  }

  @Test
  void timesAreThoseOfTheClockHere() {
    // Tests run in Newfoundland, half an hour off.
    assertThat(Amounts.time(Instant.parse("2026-01-02T03:04:05Z")))
        .isEqualTo("2026-01-01 23:34:05");
  }
}
