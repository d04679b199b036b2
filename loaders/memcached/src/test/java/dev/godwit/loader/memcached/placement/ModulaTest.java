package dev.godwit.loader.memcached.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the hashes that libmemcached publishes as its own tests (test/fixtures). */
class ModulaTest {
  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "apple, 2297466611",
    "beat, 3902465932",
    "carrot, 469785835",
    "daikon, 1937308741",
    "eggplant, 261917617",
    "flower, 3785641677",
    "green, 1439605128",
    "The quick brown fox jumps over the lazy dog, 1369346549"
  })
  void hashesAsLibmemcachedDoes(String key, long hash) {
    assertThat(Integer.toUnsignedLong(Modula.hash(bytes(key)))).isEqualTo(hash);
  }

  @Test
  void takesTheRemainderWithoutASign() {
    assertThat(new Modula(7).of(bytes("apple"))).isEqualTo((int) (2297466611L % 7));
    assertThat(new Modula(1).of(bytes("apple"))).isZero();
  }
}
