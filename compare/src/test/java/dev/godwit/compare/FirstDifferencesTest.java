package dev.godwit.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.compare.Difference.Kind;
import dev.godwit.spi.name.DatasetName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order of differences whose keys are of many types, as an {@code _id} may be. */
class FirstDifferencesTest {
  @Test
  void keysOfManyTypesHaveOneOrder() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      FirstDifferences first = new FirstDifferences(500);
      for (int i = 0; i < 500; i++) {
        int number = random.nextInt(1000);
        take(
            first,
            switch (random.nextInt(3)) {
              case 0 -> BigDecimal.valueOf(number);
              case 1 -> number + "x";
              default -> new ExtendedJson("{\"a\": " + number + "}");
            });
      }
      List<Object> told = new ArrayList<>();
      first.tell(d -> told.add(d.key().get(0).value()));
      assertThat(told).hasSize(500);
      assertThat(told.stream().filter(v -> v instanceof BigDecimal).map(v -> (BigDecimal) v))
          .isSorted();
    }
  }

  private static void take(FirstDifferences first, Object key) {
    first.take(
        new FoundRows.Found() {
          @Override
          public List<Object> order() {
            return List.of(key);
          }

          @Override
          public Difference difference() {
            return new Difference(
                DatasetName.of("things"),
                Kind.ONLY_IN_A,
                1,
                List.of(new Difference.Cell("_id", key)),
                List.of(),
                List.of());
          }
        });
  }
}
