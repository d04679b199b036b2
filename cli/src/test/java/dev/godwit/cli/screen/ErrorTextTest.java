package dev.godwit.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.cli.Invocation;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
  private static String printed(Throwable failure, boolean debug) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = Invocation.terminal(new ByteArrayOutputStream(), err, Map.of());
    ErrorText.of(failure).print(terminal, failure, debug);
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aKnownFailureIsALineAndAHint() {
    var failure =
        new GodwitException(ExitCode.NO_SUCH, "no vault in /x", "is the disk mounted?", null);
    assertThat(printed(failure, false))
        .isEqualTo("godwit: no vault in /x\nhint: is the disk mounted?\n");
  }

  @Test
  void anUnexpectedFailureIsALineTooAndItsPlaceIsForDebugging() {
    var failure = new IllegalStateException("two\n  lines of postgresql://me:secret@h");
    assertThat(printed(failure, false))
        .isEqualTo(
            "godwit: unexpected failure: IllegalStateException: two; lines of"
                + " postgresql://me:***@h\n"
                + "hint: run again with --debug to see where, and please report it\n");
    assertThat(printed(failure, true)).contains("\tat dev.godwit.cli").doesNotContain("secret");
    assertThat(ErrorText.of(failure).exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aFullDiskBelowTheOutputIsNoFailureOfOurs() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Terminal terminal =
        new Terminal(new Stdout(full), System.err, Map.of(), false, false, false, 80);
    Throwable failure = catchThrowable(() -> terminal.println("a row"));
    assertThat(printed(failure, false))
        .isEqualTo(
            """
            godwit: cannot write the output: No space left on device
            hint: what is written of it is not whole
            """);
  }

  @Test
  void aCancelledRunSaysByWhat() {
    assertThat(printed(new CancelledException(ExitCode.INTERRUPTED), false))
        .isEqualTo("godwit: interrupted\n");
    assertThat(printed(new CancelledException(ExitCode.TERMINATED), false))
        .isEqualTo("godwit: terminated\n");
  }

  @Test
  void outOfMemorySaysHowToGetMore() {
    assertThat(printed(new OutOfMemoryError("Java heap space"), false))
        .contains("out of memory: Java heap space", "GODWIT_JAVA_OPTS=-Xmx1g");
  }
}
