package dev.godwit.storage.sftp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RemoteFileTest {
  private static final int PIECE = 4 << 20;

  /** Fails at the moment at which it is asked whether it is done. */
  private static final class FailsWhenAsked extends CompletableFuture<Void> {
    @Override
    public boolean isDone() {
      return completeExceptionally(new UncheckedIOException(new IOException("no space")))
          || super.isDone();
    }
  }

  /** A file of the right length with a hole would be taken for whole. */
  @Test
  void aPieceThatFailsWhileAnotherIsBegunIsNotForgotten() throws IOException {
    try (Pieces failing =
        new Pieces() {
          @Override
          CompletableFuture<Void> submit(Sending piece) {
            return new FailsWhenAsked();
          }
        }) {
      RemoteFile file = new RemoteFile(null, failing, "work/a/b", "volumes/v");
      file.write(ByteBuffer.allocate(PIECE));
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(PIECE + 1)))
          .isInstanceOf(IOException.class)
          .hasMessage("no space");
    }
  }
}
