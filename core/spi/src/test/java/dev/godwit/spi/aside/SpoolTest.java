package dev.godwit.spi.aside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is set aside comes back from any offset, and is readable nowhere else. */
class SpoolTest {
  @Test
  void bytesComeBackFromAnyOffset() {
    Random random = new Random(7);
    byte[] all = new byte[3_000_000];
    random.nextBytes(all);
    try (Spool spool = new Spool()) {
      for (int at = 0; at < all.length; ) {
        int count = Math.min(all.length - at, 1 + random.nextInt(random.nextInt(700_000) + 1));
        spool.write(all, at, count);
        at += count;
      }
      assertThat(spool.length()).isEqualTo(all.length);
      for (int i = 0; i < 300; i++) {
        int from = random.nextInt(all.length);
        int count = random.nextInt(Math.min(all.length - from, 100_000) + 1);
        assertThat(spool.bytes(from, count)).isEqualTo(Arrays.copyOfRange(all, from, from + count));
      }
    }
  }

  @Test
  void itsFileTellsNothing() throws IOException {
    List<Path> before = spools();
    byte[] words = "a customer's name\n".repeat(40_000).getBytes(StandardCharsets.US_ASCII);
    try (Spool spool = new Spool()) {
      byte[] given = words.clone();
      spool.write(given, 0, given.length);
      spool.write(words, 0, 5000);
      assertThat(given).as("the caller's bytes are his").isEqualTo(words);
      List<Path> made = spools();
      made.removeAll(before);
      assertThat(made).map(SpoolTest::target).allMatch(target -> target.endsWith("(deleted)"));
      for (Path file : made) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text.contains("customer")).as("%s", file).isFalse();
      }
      assertThat(made).isNotEmpty();
    }
  }

  /** They have no names, but this process has them open. */
  private static List<Path> spools() throws IOException {
    List<Path> spools = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        if (Files.isSymbolicLink(file) && target(file).contains(".spool")) {
          spools.add(file);
        }
      }
    }
    return spools;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
