package dev.godwit.extractor.memcached.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPatternTest {
  private static boolean matches(String pattern, String key) {
    return new KeyPattern(pattern).test(key.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "session:*, session:, true",
    "session:*, a session:1, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "page:[0-9], page:7, true",
    "page:[0-9], page:x, false",
    "page:[^0-9], page:x, true",
    "page:[^0-9], page:7, false",
    "[a&&b], &, true",
    "[a&&b], a, true",
    "a.b, axb, false",
    "a\\*, a*, true",
    "a\\*, ab, false",
    "\\[x], [x], true",
    "ü*, über, true",
    "(a|b)+$, (a|b)+$, true"
  })
  void keysFitOrDoNot(String pattern, String key, boolean fits) {
    assertThat(matches(pattern, key)).isEqualTo(fits);
  }

  @Test
  void bytesOfAnyKindAreBytes() {
    assertThat(matches("a*z", "a\r\n\0z")).isTrue();
    assertThat(new KeyPattern("?").test(new byte[] {-1})).isTrue();
  }

  @Test
  void bracketsThatStayOpenAreRefused() {
    assertThatThrownBy(() -> matches("a[b", "ab")).isInstanceOf(GodwitException.class);
  }
}
