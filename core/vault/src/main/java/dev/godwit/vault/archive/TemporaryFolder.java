package dev.godwit.vault.archive;

import dev.godwit.spi.aside.TemporaryFailure;
import dev.godwit.vault.storage.WorkFolder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder of this machine that is gone when it is closed, with all that is in it. */
public final class TemporaryFolder implements AutoCloseable {
  private static final Path ALL = Path.of(System.getProperty("java.io.tmpdir"));
  private static final int MARK = WorkFolder.OF_THIS_PROCESS.length();

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
      throw TemporaryFailure.of(e);
    }
  }

  /**
   * Makes one that does not outlive this process for long: its name tells whose it is, and those of
   * the same beginning whose processes were killed are removed.
   *
   * @param name that its own begins with
   */
  public static TemporaryFolder ofThisProcess(String name) {
    clearOfTheDead(name);
    return new TemporaryFolder(name + WorkFolder.OF_THIS_PROCESS + '-');
  }

  private static void clearOfTheDead(String name) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(ALL, name + "*")) {
      for (Path folder : folders) {
        String rest = folder.getFileName().toString().substring(name.length());
        if (rest.length() > MARK && WorkFolder.isOfTheDead(rest.substring(0, MARK))) {
          removeIfAllowed(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What is left there stands in nobody's way; a folder that cannot be made is told.
    }
  }

  private static void removeIfAllowed(Path folder) {
    try {
      remove(folder);
    } catch (IOException e) {
      // It is of another user, or another run removes it.
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      remove(path);
    } catch (IOException e) {
      throw TemporaryFailure.of(e);
    }
  }

  /** Links are removed and not followed. */
  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
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
  }
}
