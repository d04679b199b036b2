package dev.godwit.spi.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {
  @TempDir Path folder;

  /** Some action of files that fails. */
  private interface Failing {
    Object act() throws IOException;
  }

  private static String reason(Failing failing) {
    return IoReason.of(catchThrowableOfType(IOException.class, failing::act));
  }

  @Test
  void aNameThatIsTakenIsToldAsSuch() throws Exception {
    Path taken = Files.createFile(folder.resolve("taken"));
    assertThat(reason(() -> Files.createDirectories(taken))).isEqualTo(taken + " is there already");
  }

  @Test
  void aLinkThatLeadsNowhereIsToldAsSuch() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
    assertThat(reason(() -> Files.createDirectories(link.resolve("below"))))
        .isEqualTo("the link " + link + " leads nowhere");
  }

  /** Whoever asks for the reason names the file already. */
  @Test
  void theFileIsNotNamedAgain() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(reason(() -> Files.newInputStream(file.resolve("below"))))
        .isEqualTo("Not a directory");
    assertThat(reason(() -> Files.createFile(folder.resolve("a".repeat(300)))))
        .isEqualTo("File name too long");
  }

  @Test
  void whatJavaTellsByAPathAloneHasWords() {
    assertThat(IoReason.of(new AccessDeniedException("/a"))).isEqualTo("permission denied");
    assertThat(IoReason.of(new NotDirectoryException("/a"))).isEqualTo("/a is no folder");
    assertThat(IoReason.of(new DirectoryNotEmptyException("/a"))).isEqualTo("/a is not empty");
  }
}
