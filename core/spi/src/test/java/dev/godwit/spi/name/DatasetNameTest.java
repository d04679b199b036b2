package dev.godwit.spi.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetNameTest {
  @Test
  void readsWhatItPrints() {
    String[] pieces = {"a", ".", "\"", "*", "?", "=", ",", " ", "\n", "ü", "😀", "'", "\\", ""};
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      List<String> parts = new ArrayList<>();
      for (int part = 0; part <= random.nextInt(3); part++) {
        StringBuilder text = new StringBuilder();
        for (int piece = random.nextInt(5); piece > 0; piece--) {
          text.append(pieces[random.nextInt(pieces.length)]);
        }
        parts.add(text.toString());
      }
      DatasetName name = new DatasetName(parts);
      assertThat(DatasetName.parse(name.toString())).isEqualTo(name);
    }
  }

  @Test
  void printsPlainPartsPlainly() {
    assertThat(DatasetName.of("shop", "public", "orders")).hasToString("shop.public.orders");
    assertThat(DatasetName.of("shop", "odd.name")).hasToString("shop.\"odd.name\"");
    assertThat(DatasetName.of("say \"hi\"", "")).hasToString("\"say \"\"hi\"\"\".\"\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "\"a", "\"a\"b", "a.\"b"})
  void refusesWhatIsNoName(String text) {
    assertThatThrownBy(() -> DatasetName.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasAPartAtLeast() {
    assertThatThrownBy(() -> new DatasetName(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(DatasetName.of("a", "b").last()).isEqualTo("b");
  }

  @Test
  void sortsPartByPart() {
    assertThat(
            List.of(
                    DatasetName.of("a", "b"),
                    DatasetName.of("a-", "a"),
                    DatasetName.of("a"),
                    DatasetName.of("a", "a", "z"))
                .stream()
                .sorted())
        .containsExactly(
            DatasetName.of("a"),
            DatasetName.of("a", "a", "z"),
            DatasetName.of("a", "b"),
            DatasetName.of("a-", "a"));
  }
}
