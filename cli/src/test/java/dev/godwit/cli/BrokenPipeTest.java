package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokenPipeTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal = Invocation.terminal(new ByteArrayOutputStream(), err, Map.of());

  /** What the driver throws where a server broke the connection off is a failure of the run. */
  @Test
  void aServerThatBreaksOffIsNoReaderThatHasEnough() {
    GodwitException failure =
        new GodwitException(
            ExitCode.FAILED,
            "cannot write shop.public.orders",
            "once the server is back, go on with --resume",
            new IllegalStateException(new IOException("Broken pipe")));

    assertThat(Godwit.failed(terminal, failure, false)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("godwit: cannot write shop.public.orders\n")
        .endsWith("hint: once the server is back, go on with --resume\n");
  }
}
