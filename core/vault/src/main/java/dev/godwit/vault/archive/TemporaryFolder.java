package dev.godwit.vault.archive;

import dev.godwit.spi.aside.TemporaryFailure;
import dev.godwit.vault.storage.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of this machine that is gone when it is closed, with all that is in it. */
public final class TemporaryFolder implements AutoCloseable {
  private static final String NAME = "godwit-";
  private static final Pattern MARKED = Pattern.compile(NAME + "([0-9a-f]{32})-[0-9]+");

  private final Path path;

  /**
   * Makes one, that only its owner may look into. Where the process is killed it stays.
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
   * Makes one likewise that is of no use to any other process: where this one is killed, the next
   * of the same user that calls this on this machine removes it.
   */
  public static TemporaryFolder ofThisProcess() {
    TemporaryFolder made = new TemporaryFolder(NAME + WorkFolder.OF_THIS_PROCESS + '-');
    clearBeside(made.path);
    return made;
  }

  /** What cannot be removed stays, as it is in the way of nothing. */
  private static void clearBeside(Path made) {
    try (Stream<Path> beside = Files.list(made.getParent())) {
      UserPrincipal user = Files.getOwner(made);
      List<Path> left = beside.filter(TemporaryFolder::isOfTheDead).toList();
      for (Path folder : left) {
        clear(folder, user);
      }
    } catch (IOException | UncheckedIOException e) {
      // What else lies there is not for this user to see.
    }
  }

  private static boolean isOfTheDead(Path folder) {
    Matcher name = MARKED.matcher(folder.getFileName().toString());
    return name.matches() && WorkFolder.isOfTheDead(name.group(1));
  }

  private static void clear(Path folder, UserPrincipal user) {
    try {
      // Names are easily made up: what others put here is not removed with this user's rights.
      if (Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)) {
        delete(folder);
      }
    } catch (IOException e) {
      // Another process may be removing it.
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      delete(path);
    } catch (IOException e) {
      throw TemporaryFailure.of(e);
    }
  }

  private static void delete(Path folder) throws IOException {
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
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
