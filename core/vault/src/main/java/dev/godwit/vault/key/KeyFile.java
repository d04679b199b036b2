package dev.godwit.vault.key;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * A text file with a secret on this machine: lines, comments behind {@code #}. Written for its
 * owner alone (0600) and never over another file; read whatever ends its lines.
 */
final class KeyFile {
  /** More than this is no key. */
  private static final int LONGEST = 64 << 10;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private KeyFile() {}

  /**
   * The lines that say something.
   *
   * @param what the file is, such as {@code the identity}
   * @throws GodwitException {@code FAILED} if it cannot be read
   */
  static List<String> lines(Path file, String what) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
      return text.replace(BYTE_ORDER_MARK, "")
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot read " + what + ' ' + file + ": " + reason(e),
          "name a file that godwit wrote and that this user may read",
          e);
    }
  }

  /**
   * Writes a new file and syncs it, with the folders above it.
   *
   * @throws GodwitException {@code FAILED} if there is a file already, or it cannot be written
   */
  static void write(Path file, String text, String what) {
    boolean made = false;
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
      FileAttribute<?>[] mode = ownerOnly(folder, "rw-------");
      Set<StandardOpenOption> options =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (FileChannel channel = FileChannel.open(file, options, mode)) {
        made = true;
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
    } catch (FileAlreadyExistsException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          file + " is there already, and " + what + " is never written over another file",
          "name a new file",
          e);
    } catch (IOException e) {
      if (made) {
        deleteQuietly(file);
      }
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot write " + what + ' ' + file + ": " + reason(e),
          StorageFailure.isFull(e)
              ? "make room there, or name another file"
              : "name a file in a folder that this user may write",
          e);
    }
  }

  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What failed before is told.
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path near, String mode) {
    boolean posix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    return IoReason.of(e);
  }
}
