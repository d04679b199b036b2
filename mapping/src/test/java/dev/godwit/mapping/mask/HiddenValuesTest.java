package dev.godwit.mapping.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.store.Secret;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HiddenValuesTest {
  private static final MaskKey KEY = new MaskKey(Secret.of("a key of sixteen and more"));
  private static final MaskKey OTHER = new MaskKey(Secret.of("another key, as long as that"));

  @Test
  void noTwoNumbersBecomeOne() {
    HiddenNumbers numbers = new HiddenNumbers(KEY);
    Set<Long> met = new HashSet<>();
    for (long number = -1000; number < 20_000; number++) {
      long hidden = numbers.of(number);
      assertThat(met.add(hidden)).isTrue();
      assertThat(hidden < 0).isEqualTo(number < 0);
      assertThat(hidden).isBetween((long) Short.MIN_VALUE, (long) Short.MAX_VALUE);
    }
  }

  @Test
  void aNumberFitsWhereItFittedBefore() {
    HiddenNumbers numbers = new HiddenNumbers(KEY);
    for (long number : new long[] {0, 127, -128}) {
      assertThat(numbers.of(number)).isBetween(-128L, 127L);
    }
    for (long number : new long[] {32768, Integer.MAX_VALUE, Integer.MIN_VALUE, -32769}) {
      assertThat(numbers.of(number)).isBetween((long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE);
    }
    assertThat(numbers.of(Long.MAX_VALUE)).isPositive();
    assertThat(numbers.of(Long.MIN_VALUE)).isNegative();
    assertThat(numbers.of(70_000)).isEqualTo(new HiddenNumbers(KEY).of(70_000));
    assertThat(numbers.of(70_000)).isNotEqualTo(new HiddenNumbers(OTHER).of(70_000));
    assertThat(numbers.of(70_000)).isNotEqualTo(70_000);
  }

  @Test
  void textIsTheSameForTheSameTextAndKey() {
    HiddenText texts = new HiddenText(KEY);
    byte[] hidden = texts.of("ann@example.org".getBytes(UTF_8), Integer.MAX_VALUE);
    assertThat(new String(hidden, UTF_8)).matches("[a-z2-9]{16}");
    assertThat(new HiddenText(KEY).of("ann@example.org".getBytes(UTF_8), 20)).isEqualTo(hidden);
    assertThat(new HiddenText(OTHER).of("ann@example.org".getBytes(UTF_8), 20))
        .isNotEqualTo(hidden);
    assertThat(texts.of("bob".getBytes(UTF_8), 3)).hasSize(3);
  }

  @Test
  void theDomainIsKeptAndNothingElse() {
    HiddenText texts = new HiddenText(KEY);
    assertThat(new String(texts.keepingDomain("ann@x.org".getBytes(UTF_8), 100), UTF_8))
        .matches("[a-z2-9]{16}@x\\.org");
    assertThat(new String(texts.keepingDomain("ann@x.org".getBytes(UTF_8), 16), UTF_8))
        .matches("[a-z2-9]{10}@x\\.org");
    assertThat(new String(texts.keepingDomain("ann@example.org".getBytes(UTF_8), 16), UTF_8))
        .matches("[a-z2-9]{16}");
    assertThat(new String(texts.keepingDomain("no address".getBytes(UTF_8), 99), UTF_8))
        .matches("[a-z2-9]{16}");
  }
}
