package dev.godwit.spi.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetPatternTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "orders, shop.public.orders, true",
        "public.orders, shop.public.orders, true",
        "shop.public.orders, shop.public.orders, true",
        "a.shop.public.orders, shop.public.orders, false",
        "public, shop.public.orders, false",
        "order, shop.public.orders, false",
        "Orders, shop.public.orders, false",
        "*, shop.public.orders, true",
        "ord*, shop.public.orders, true",
        "*.orders, shop.public.orders, true",
        "public.*, shop.public.orders, true",
        "p*c.o????s, shop.public.orders, true",
        "o?, shop.public.orders, false",
        "a.*, shop.public.orders, false",
        "`\"ord*\"`, shop.public.orders, false",
        "`\"ord*\"`, `shop.\"ord*\"`, true",
        "`*.name`, `shop.\"odd.name\"`, false",
        "`\"odd.name\"`, `shop.\"odd.name\"`, true",
        "odd?name, `shop.\"odd.name\"`, true",
        "a[b, a[b, true",
        "a+, aa, false",
        "?, 😀, true",
      })
  void isHeldAgainstTheLastParts(String pattern, String name, boolean matches) {
    assertThat(DatasetPattern.parse(pattern).matches(DatasetName.parse(name))).isEqualTo(matches);
  }

  @Test
  void matchesAnyCharacter() {
    assertThat(DatasetPattern.parse("a*z").matches(DatasetName.of("a\n.z"))).isTrue();
  }

  @Test
  void everyNameIsItsOwnPattern() {
    for (DatasetName name :
        new DatasetName[] {DatasetName.of("a*", "b"), DatasetName.of("\"", ".", " ")}) {
      DatasetPattern pattern = DatasetPattern.parse(name.toString());
      assertThat(pattern.matches(name)).isTrue();
      assertThat(pattern).hasToString(name.toString());
    }
  }

  @Test
  void refusesWhatIsNoPattern() {
    assertThatThrownBy(() -> DatasetPattern.parse("a..b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a..b");
  }
}
