package dev.godwit.spi.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeSpoolTest {
  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static LargeValue value(String text) {
    return new LargeValue(new ByteArrayInputStream(bytes(text)));
  }

  private static LargeReference reference(String text) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(text));
    return new LargeReference(0, 0, text.length(), hash);
  }

  private long files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keepsValuesUntilItIsCleared() throws Exception {
    try (LargeSpool spool = new LargeSpool(folder)) {
      spool.keep(value("one"));
      spool.keep(value("two"));
      spool.keep(value("one"));
      assertThat(files()).as("the same value is kept once").isEqualTo(2);
      for (int time = 0; time < 2; time++) {
        try (InputStream kept = spool.open(reference("one"))) {
          assertThat(kept.readAllBytes()).isEqualTo(bytes("one"));
        }
      }
      LargeReference three = reference("three");
      assertThatThrownBy(() -> spool.open(three)).isInstanceOf(IllegalStateException.class);
      spool.clear();
      assertThat(files()).isZero();
      LargeReference one = reference("one");
      assertThatThrownBy(() -> spool.open(one)).isInstanceOf(IllegalStateException.class);
      spool.keep(value("four"));
    }
    assertThat(files()).as("after it was closed").isZero();
  }

  @Test
  void leavesNothingOfAValueThatBreaksOff() {
    try (LargeSpool spool = new LargeSpool(folder)) {
      assertThatThrownBy(() -> spool.keep(breaking(new IOException("connection lost"))))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("connection lost");
      CancelledException cancelled = new CancelledException(ExitCode.INTERRUPTED);
      assertThatThrownBy(() -> spool.keep(breaking(cancelled))).isSameAs(cancelled);
      assertThat(files()).isZero();
    }
  }

  private static LargeValue breaking(Exception failure) {
    return new LargeValue(
        new InputStream() {
          private boolean begun;

          @Override
          public int read() throws IOException {
            return read(new byte[1], 0, 1);
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            if (!begun) {
              begun = true;
              return Math.min(length, 100);
            } else if (failure instanceof IOException io) {
              throw io;
            }
            throw (RuntimeException) failure;
          }
        });
  }
}
