package dev.godwit.spi.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class LargeSpoolTest {
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

  @Test
  void keepsValuesUntilItIsCleared() throws Exception {
    try (LargeSpool spool = new LargeSpool()) {
      spool.keep(value("one"));
      spool.keep(value("two"));
      spool.keep(value("one"));
      for (int time = 0; time < 2; time++) {
        try (InputStream kept = spool.open(reference("one"))) {
          assertThat(kept.readAllBytes()).isEqualTo(bytes("one"));
        }
      }
      LargeReference three = reference("three");
      assertThatThrownBy(() -> spool.open(three)).isInstanceOf(IllegalStateException.class);
      spool.clear();
      LargeReference one = reference("one");
      assertThatThrownBy(() -> spool.open(one)).isInstanceOf(IllegalStateException.class);
      String long4 = "four".repeat(100_000);
      spool.keep(value("5"));
      spool.keep(value(long4));
      try (InputStream kept = spool.open(reference("5"))) {
        assertThat(kept.readAllBytes()).isEqualTo(bytes("5"));
      }
      try (InputStream kept = spool.open(reference(long4))) {
        assertThat(kept.readAllBytes()).isEqualTo(bytes(long4));
      }
    }
  }

  @Test
  void leavesNothingOfAValueThatBreaksOff() throws Exception {
    try (LargeSpool spool = new LargeSpool()) {
      assertThatThrownBy(() -> spool.keep(breaking(new IOException("connection lost"))))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("connection lost");
      CancelledException cancelled = new CancelledException(ExitCode.INTERRUPTED);
      assertThatThrownBy(() -> spool.keep(breaking(cancelled))).isSameAs(cancelled);
      spool.keep(value("whole"));
      try (InputStream kept = spool.open(reference("whole"))) {
        assertThat(kept.readAllBytes()).isEqualTo(bytes("whole"));
      }
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
