package dev.godwit.vault.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.godwit.spi.storage.RetainedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder in which nothing may be deleted. */
class LocalFolderRetainedTest {
  @TempDir Path folder;

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Root may delete anywhere, but not what the file system holds; others need the folder's right.
   */
  @Test
  void aFileThatMayNotBeDeletedIsRetained() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "held");
    boolean held = run("chattr", "+i", file.toString());
    if (!held) {
      if ("root".equals(System.getProperty("user.name"))) {
        System.err.println("SKIPPED: chattr holds no file here");
        abort("chattr holds no file here");
      }
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    try {
      assertThatThrownBy(() -> new LocalFolder(folder).delete("a"))
          .isInstanceOf(RetainedException.class)
          .hasMessageContaining("may not be deleted here");
    } finally {
      boolean unused = !held || run("chattr", "-i", file.toString());
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
