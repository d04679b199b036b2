package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
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
    // A tar fits into the buffer, and is written at the end.
    return Invocation.onto(new BufferedOutputStream(full, 1 << 20), arguments);
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
