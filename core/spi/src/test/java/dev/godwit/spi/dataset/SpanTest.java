package dev.godwit.spi.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.name.DatasetName;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static Span page(String from, String to) {
    return Span.between("page", from, to);
  }

  @Test
  void tilesWithoutGapOrOverlap() {
    assertThat(Span.tile(List.of(Span.ALL))).isTrue();
    assertThat(Span.tile(List.of(page(null, null)))).isTrue();
    assertThat(Span.tile(List.of(page(null, "8"), page("8", "16"), page("16", null)))).isTrue();
  }

  @Test
  void doesNotTileOtherwise() {
    assertThat(Span.tile(List.of())).as("nothing").isFalse();
    assertThat(Span.tile(List.of(page("0", null)))).as("a lower bound").isFalse();
    assertThat(Span.tile(List.of(page(null, "8")))).as("an upper bound").isFalse();
    assertThat(Span.tile(List.of(page(null, "8"), page("9", null)))).as("a gap").isFalse();
    assertThat(Span.tile(List.of(page("8", null), page(null, "8")))).as("order").isFalse();
    assertThat(Span.tile(List.of(page(null, null), page(null, null)))).as("twice").isFalse();
    assertThat(Span.tile(List.of(page(null, "8"), page("8", null), page("8", null))))
        .as("an end in the middle")
        .isFalse();
    assertThat(Span.tile(List.of(page(null, "8"), Span.between("key", "8", null))))
        .as("another axis")
        .isFalse();
  }

  @Test
  void aPartitionSaysWhoseItIs() {
    DatasetName orders = DatasetName.of("shop", "orders");
    assertThat(Partition.whole(orders)).hasToString("shop.orders#0");
    assertThat(Partition.whole(orders).span()).isEqualTo(Span.ALL);
  }
}
