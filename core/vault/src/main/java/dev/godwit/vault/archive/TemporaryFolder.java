package dev.godwit.vault.archive;

import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder of this machine that is gone when it is closed, with all that is in it. */
public final class TemporaryFolder implements AutoCloseable {
  private final Path path;

  /**
   * Makes one, that only its owner may look into.
   *
   * @param name that its own begins with
   */
  public TemporaryFolder(String name) {
    try {
      this.path = Files.createTempDirectory(name);
    } catch (IOException e) {
      throw StorageFailure.temporary(e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw StorageFailure.temporary(e);
    }
  }
}
