package dev.godwit.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.GodwitException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told where a file cannot be written, and what is left of it. */
class NewFileTest {
  @TempDir Path folder;

  private GodwitException failure(IOException cause) {
    Path file = folder.resolve("shop.tar");
    GodwitException failure =
        catchThrowableOfType(
            GodwitException.class,
            () ->
                NewFile.write(
                    file,
                    out -> {
                      throw cause;
                    }));
    assertThat(failure).hasMessageContaining(file.toString());
    assertThat(folder).isEmptyDirectory();
    return failure;
  }

  @Test
  void whoMayNotIsNotToldToMakeRoom() {
    GodwitException denied = failure(new AccessDeniedException("shop.tar.part"));
    assertThat(denied).hasMessageEndingWith(": permission denied");
    assertThat(denied.hint().orElseThrow()).doesNotContain("room");
    GodwitException full = failure(new IOException("No space left on device"));
    assertThat(full.hint().orElseThrow()).contains("make room");
  }

  @Test
  void aLinkThatLeadsNowhereIsNotWrittenOver() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("shop.tar"), Path.of("unmounted/shop.tar"));
    GodwitException taken =
        catchThrowableOfType(GodwitException.class, () -> NewFile.requireFree(link));
    assertThat(taken).hasMessage(link + " is there already");
    assertThat(catchThrowableOfType(GodwitException.class, () -> NewFile.write(link, out -> {})))
        .hasMessage(link + " is there already");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void whereAnotherTookTheNameMeanwhileNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("shop.tar");
    GodwitException taken =
        catchThrowableOfType(
            GodwitException.class,
            () -> NewFile.write(file, out -> Files.writeString(file, "another's")));
    assertThat(taken).hasMessage(file + " is there already");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
    assertThat(file).hasContent("another's");
  }
}
