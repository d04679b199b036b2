package dev.godwit.cli.run;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import dev.godwit.vault.storage.StorageFailure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that a command writes: whole under its name, or not at all. */
public final class NewFile {
  /** What is written to it. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; the stream is buffered. */
    void to(OutputStream out) throws IOException;
  }

  private NewFile() {}

  /**
   * Looks whether the name is free.
   *
   * @throws GodwitException {@code FAILED} if it is not
   */
  public static void requireFree(Path file) {
    // A link that leads nowhere takes the name too: moving onto it would put another in its place.
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new GodwitException(
          ExitCode.FAILED, file + " is there already", "remove it, or name another file");
    }
  }

  /**
   * Writes the file beside its name, syncs it, and moves it there.
   *
   * @throws GodwitException {@code FAILED} where that cannot be done
   */
  public static void write(Path file, Content content) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
              FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 20)) {
        content.to(out);
        out.flush();
        channel.force(true);
      } catch (FileAlreadyExistsException e) {
        throw new GodwitException(
            ExitCode.FAILED,
            part + " is there already",
            "another run writes it, or was killed: remove it then",
            e);
      } catch (IOException | RuntimeException | Error e) {
        Files.deleteIfExists(part);
        throw e;
      }
      try {
        requireFree(file);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(part);
        throw e;
      }
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "there is no such folder" : IoReason.of(e);
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot write " + file + ": " + why,
          StorageFailure.isFull(e) ? "make room there, or name another file" : "name another file",
          e);
    }
  }
}
