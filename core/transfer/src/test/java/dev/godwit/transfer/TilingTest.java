package dev.godwit.transfer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import org.junit.jupiter.api.Test;

class TilingTest {
  private static final DatasetName ORDERS = DatasetName.of("orders");

  private static Partition part(int ordinal, String from, String to) {
    return new Partition(ORDERS, ordinal, Span.between("page", from, to));
  }

  private static void tile(Partition... partitions) {
    Tiling tiling = new Tiling(ORDERS);
    for (Partition partition : partitions) {
      tiling.meet(partition);
    }
    tiling.end();
  }

  private static void gap(Partition... partitions) {
    assertThatThrownBy(() -> tile(partitions))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("orders");
  }

  @Test
  void acceptsWhatCoversTheDataset() {
    assertThatCode(() -> tile(Partition.whole(ORDERS))).doesNotThrowAnyException();
    assertThatCode(() -> tile(part(0, null, "8"), part(1, "8", "16"), part(2, "16", null)))
        .doesNotThrowAnyException();
  }

  @Test
  void findsWhatIsMissing() {
    gap();
    gap(part(0, "1", null));
    gap(part(0, null, "8"));
    gap(part(0, null, "8"), part(1, "9", null));
    gap(part(0, null, "8"), part(2, "8", null));
    gap(part(0, null, "8"), part(1, null, null));
    gap(part(0, null, null), part(1, "8", null));
    gap(part(0, null, "8"), new Partition(ORDERS, 1, Span.between("key", "8", null)));
    gap(Partition.whole(DatasetName.of("items")));
  }
}
