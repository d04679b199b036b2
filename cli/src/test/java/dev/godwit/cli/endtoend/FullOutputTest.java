package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Godwit;
import dev.godwit.cli.Invocation;
import dev.godwit.cli.screen.Terminal;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where standard output takes nothing, that is told once, and nothing is told as written. */
class FullOutputTest {
  @TempDir static Path folder;
  private static Database shop;
  private static String vault;

  @BeforeAll
  static void backUp() {
    shop = Database.withShop();
    vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), vault).status()).isZero();
  }

  private static Invocation intoAFullDisk(String... arguments) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new BufferedOutputStream(full, 1 << 20), // a tar fits, and is written at the end
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            false,
            false,
            false,
            80);
    int status = Godwit.run(terminal, arguments);
    return new Invocation(status, "", err.toString(StandardCharsets.UTF_8));
  }

  private static void toldOnce(Invocation done) {
    assertThat(done.status()).isEqualTo(1);
    assertThat(done.errorLines())
        .as("%s", done.err())
        .filteredOn(line -> line.startsWith("godwit: "))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("No space left on device"));
  }

  @Test
  void aTarThatWasNotWrittenIsNotToldAsWritten() {
    Invocation done = intoAFullDisk("export", vault, "--tar", "-");
    toldOnce(done);
    assertThat(done.err()).doesNotContain("written as a tar");
  }

  @Test
  void itIsToldOnce() {
    toldOnce(intoAFullDisk("list", vault));
    toldOnce(intoAFullDisk("cat", vault, "customers"));
    toldOnce(intoAFullDisk("backup", "--json", shop.uri(), vault));
  }
}
