package dev.godwit.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTextTest {
  private static Tally.State state(long bytes, long estimate) {
    return new Tally.State(
        3_400_000,
        bytes,
        3,
        estimate,
        98e6,
        Duration.ofSeconds(12),
        "shop.public.orders",
        false,
        0,
        0,
        false);
  }

  @Test
  void aWideTerminalHasABar() {
    assertThat(ProgressText.bar("backup", state(1_200_000_000, 2_800_000_000L), 140))
        .isEqualTo(
            "backup  [########------------]  42 %  1.2 GB  98.0 MB/s  about 16 s left"
                + "  3,400,000 rows  shop.public.orders");
  }

  @Test
  void aNarrowOneHasWhatMattersMost() {
    assertThat(ProgressText.bar("backup", state(1_200_000_000, 2_800_000_000L), 40))
        .isEqualTo("backup  42 %  1.2 GB  98.0 MB/s");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 39, 40, 41, 63, 64, 80, 139, 500})
  void itNeverWraps(int width) {
    assertThat(ProgressText.bar("restore", state(1_200_000_000, 2_800_000_000L), width))
        .hasSizeLessThanOrEqualTo(width);
  }

  /** A character that takes two columns is one of a string. */
  @Test
  void itNeverWrapsOverNamesOfWideCharacters() {
    var state =
        new Tally.State(
            0,
            1_000,
            1,
            -1,
            -1,
            Duration.ofSeconds(12),
            "\u6ce8\u6587".repeat(12),
            false,
            0,
            0,
            false);
    assertThat(ProgressText.bar("backup", state, 79)).endsWith("\u6ce8\u6587");
    assertThat(ProgressText.bar("backup", state, 60)).isEqualTo("backup  1.0 kB  12 s");
  }

  @Test
  void whereTheEstimateIsUnknownOrPassedNoShareIsTold() {
    assertThat(ProgressText.bar("backup", state(1_200_000_000, -1), 80))
        .isEqualTo("backup  1.2 GB  98.0 MB/s  12 s  3,400,000 rows  shop.public.orders");
  }

  @Test
  void aHundredPerCentIsNeverPromised() {
    assertThat(ProgressText.bar("backup", state(2_800_000_000L, 2_800_000_000L), 140))
        .contains("99 %")
        .doesNotContain("100 %");
  }

  @Test
  void finishingCountsSteps() {
    var state =
        new Tally.State(1, 1, 1, 1, 1, Duration.ofSeconds(75), "indexes", true, 12, 3, false);
    assertThat(ProgressText.bar("restore", state, 80))
        .isEqualTo("restore  indexes 3/12  1 min 15 s");
    assertThat(ProgressText.line("restore", state))
        .isEqualTo("godwit: restore: indexes 3 of 12, 1 min 15 s so far");
  }
}
