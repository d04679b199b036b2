package dev.godwit.spi.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why a file could not be read or written, in a few words. */
public final class IoReason {
  private IoReason() {}

  /**
   * The reason, on one line. Of some failures Java's own message is the path alone, of others it
   * begins with the path, which whoever asks names already.
   */
  public static String of(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "the file or its folder vanished";
    }
    if (cause instanceof FileAlreadyExistsException taken) {
      return isLostLink(taken)
          ? "the link " + taken.getFile() + " leads nowhere"
          : taken.getFile() + " is there already";
    }
    if (cause instanceof NotDirectoryException file) {
      return file.getFile() + " is no folder";
    }
    if (cause instanceof DirectoryNotEmptyException folder) {
      return folder.getFile() + " is not empty";
    }
    String message =
        cause instanceof FileSystemException known && known.getReason() != null
            ? known.getReason()
            : cause.getMessage();
    return message == null ? cause.toString() : message.lines().findFirst().orElse("");
  }

  /**
   * Whether a failure is of a link that leads to nothing, as to a disk that is not mounted: where a
   * folder or a file is to be made, it takes the name.
   */
  public static boolean isLostLink(IOException cause) {
    if (!(cause instanceof FileAlreadyExistsException taken) || taken.getFile() == null) {
      return false;
    }
    try {
      Path file = Path.of(taken.getFile());
      return Files.isSymbolicLink(file) && !Files.exists(file);
    } catch (InvalidPathException e) {
      return false; // of another machine
    }
  }
}
