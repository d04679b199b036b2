package dev.godwit.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.document.RowsToDocuments;
import dev.godwit.mapping.run.MappedDataset;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** What becomes of fields, on wide and on narrow terminals. */
class MappingTextTest {
  private static final ArrowType INSTANT = new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");

  private static MappingText text() {
    return text("orders");
  }

  private static MappingText text(String called) {
    Dataset orders =
        Dataset.of(
            DatasetName.of("shop", "public", "orders"),
            "table",
            new Schema(
                List.of(
                    Fields.of("note", ArrowType.Utf8.INSTANCE, "text"),
                    Fields.of("placed", INSTANT, "timestamp with time zone"))));
    Conversion conversion = new RowsToDocuments(orders, List.of());
    MappingText text = new MappingText();
    text.add(
        new MappedDataset(
            orders,
            orders,
            DatasetName.of("shop", "public", called),
            List.of(),
            Optional.of(conversion),
            List.of(),
            conversion.dataset()));
    return text;
  }

  @Test
  void eachFieldHasItsTypesAndWhetherItsValuesComeThrough() {
    assertThat(text().lines(140))
        .containsExactly(
            "DATASET             FIELD   TYPE                      HELD AS  BECOMES  VALUES  NOTE",
            "shop.public.orders  note    text                      text     string   exact",
            "                    placed  timestamp with time zone  instant  date     lossy  "
                + " milliseconds; no infinite ones");
  }

  @Test
  void onANarrowTerminalNamesAndNotesAreNotCut() {
    assertThat(text().lines(80))
        .containsExactly(
            "  FIELD   TYPE                      HELD AS  BECOMES  VALUES",
            "shop.public.orders",
            "  note    text                      text     string   exact",
            "  placed  timestamp with time zone  instant  date     lossy",
            "      milliseconds; no infinite ones");
  }

  @Test
  void aDatasetIsShownWithItsNewName() {
    assertThat(text("old").lines(80).get(1)).isEqualTo("shop.public.orders as shop.public.old");
  }
}
