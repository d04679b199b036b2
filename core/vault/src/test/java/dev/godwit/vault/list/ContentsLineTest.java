package dev.godwit.vault.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.testkit.sample.EveryKind;
import dev.godwit.vault.block.PlainSchema;
import dev.godwit.vault.file.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/**
 * A line is the same bytes whichever way it is put together, so that equal lists have equal ids.
 */
class ContentsLineTest {
  private static final Dataset DATASET =
      new Dataset(
          DatasetName.of("shop", "a \"b\" é\n😀"),
          "table",
          EveryKind.schema(),
          List.of("id"),
          List.of("id"),
          List.of(new Dataset.Index("i", List.of("id"), true)),
          List.of(),
          "",
          new Dataset.Estimate(7, 8),
          Map.of("odd", "\u2028 \\ \u0000"));

  @Test
  void aDatasetThatIsJsonAlreadyMakesTheSameLine() {
    DatasetLine dataset = DatasetLine.of(DATASET);
    byte[] line = ContentsLine.of(ListWriter.json(dataset), Long.MAX_VALUE, 0, 3);
    assertThat(new String(line, StandardCharsets.UTF_8))
        .isEqualTo(
            new String(
                ListWriter.json(new ContentsLine(dataset, Long.MAX_VALUE, 0L, 3, null)),
                StandardCharsets.UTF_8))
        .doesNotContain("\n");
  }

  @Test
  void aSchemaIsWhatArrowWrites() throws Exception {
    Schema plain = PlainSchema.of(EveryKind.schema());
    assertThat(ListWriter.json(DatasetLine.written(plain)))
        .isEqualTo(ListWriter.json(Json.LINE.readTree(plain.toJson())));
    assertThat(DatasetLine.of(DATASET).dataset().schema()).isEqualTo(plain);
  }
}
