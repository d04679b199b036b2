package dev.godwit.vault.storage;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import dev.godwit.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Says what a failure of storage means to a person. */
public final class StorageFailure {
  private StorageFailure() {}

  /** A file that could not be written. */
  public static GodwitException writing(Storage storage, String path, IOException cause) {
    return new GodwitException(
        ExitCode.FAILED,
        "cannot write " + path + " in " + storage.display() + ": " + IoReason.of(cause),
        hint(cause, "nothing of it is visible; run the same again"),
        cause);
  }

  /** A file that could not be read. A missing one is damage. */
  public static GodwitException reading(Storage storage, String path, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return damaged(storage, path, "is missing", cause);
    }
    return new GodwitException(
        ExitCode.FAILED,
        "cannot read "
            + path
            + " in "
            + storage.display()
            + ": "
            + unlessNamed(storage, path, cause)
            + IoReason.of(cause),
        hint(cause, "look at the disk or the network, and run the same again"),
        cause);
  }

  /** The file that failed, where a list of many met it; else nothing. */
  private static String unlessNamed(Storage storage, String path, IOException cause) {
    if (cause instanceof FileSystemException known
        && known.getFile() != null
        && !known.getFile().endsWith(path)
        && !known.getFile().equals(storage.display())) {
      return known.getFile() + ": ";
    }
    return "";
  }

  /** Whether it failed because a file is not there, such as one that a prune removed meanwhile. */
  public static boolean isOfMissing(GodwitException failure) {
    return failure.getCause() instanceof NoSuchFileException;
  }

  /** A file that is not what it should be. */
  public static GodwitException damaged(
      Storage storage, String path, String what, Throwable cause) {
    return new GodwitException(
        ExitCode.DAMAGED,
        path + " in " + storage.display() + ' ' + what,
        "run 'godwit check --read-data' to see what else is damaged and which snapshots it hits",
        cause);
  }

  /** Whether it failed because there is no room. */
  public static boolean isFull(IOException cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space") || text.contains("quota") || text.contains("disk full");
  }

  private static String hint(IOException cause, String otherwise) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (isFull(cause)) {
      return "make room there, and run the same again";
    }
    if (cause instanceof AccessDeniedException || text.contains("permission denied")) {
      return "the user that runs godwit needs the right to it";
    }
    if (text.contains("not a directory")) {
      return "name a folder; a file lies where one should";
    }
    if (IoReason.isLostLink(cause)) {
      return "is the disk mounted that it leads to?";
    }
    if (text.contains("name too long")) {
      return "give it a shorter name";
    }
    if (text.contains("levels of symbolic links")) {
      return "a link there leads back to itself";
    }
    if (text.contains("read-only")) {
      return "mount it for writing";
    }
    return otherwise;
  }
}
