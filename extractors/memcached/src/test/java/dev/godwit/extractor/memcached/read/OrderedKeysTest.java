package dev.godwit.extractor.memcached.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedKeysTest {
  /** Held in memory, in a few runs, and in so many that runs are merged into longer ones twice. */
  @ParameterizedTest
  @ValueSource(ints = {OrderedKeys.HELD, 100_000, 650})
  void givesEachKeyOnceInItsOrder(int held) {
    Random random = new Random(held);
    TreeSet<String> expected = new TreeSet<>();
    int added = 8000;
    List<String> found = new ArrayList<>();
    try (OrderedKeys keys = new OrderedKeys(held)) {
      for (int i = 0; i < added; i++) {
        String key = "key" + random.nextInt(5000);
        expected.add(key);
        byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
        assertThat(keys.add(new ListedKey(bytes, key.hashCode(), key.length()))).isTrue();
      }
      for (Iterator<ListedKey> all = keys.inOrder(); all.hasNext(); ) {
        ListedKey key = all.next();
        String text = new String(key.key(), StandardCharsets.US_ASCII);
        assertThat(key.expires()).isEqualTo(text.hashCode());
        assertThat(key.size()).isEqualTo(text.length());
        found.add(text);
      }
      assertThat(keys.repeated()).isEqualTo(added - expected.size()).isPositive();
    }
    assertThat(found).isEqualTo(new ArrayList<>(expected));
  }
}
