package dev.godwit.vault.file;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Files that are small enough to be held whole: vault.json, manifests, locks. */
public final class SmallFile {
  /** A file of more bytes is foreign: 16 MiB. */
  private static final long MOST = 16 << 20;

  /** Nearly all are smaller, and read by one request. */
  private static final int FIRST = 64 << 10;

  private SmallFile() {}

  /** Reads a file whole. */
  public static byte[] read(Storage storage, String path) throws IOException {
    Optional<byte[]> small = readIfSmall(storage, path);
    return small.isPresent() ? small.get() : readLarge(storage, path);
  }

  /** Reads a file whole by one request, if it has less than 64 KiB; nothing if it has more. */
  public static Optional<byte[]> readIfSmall(Storage storage, String path) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(FIRST);
    int read = storage.read(path, 0, first);
    return read < FIRST ? Optional.of(Arrays.copyOf(first.array(), read)) : Optional.empty();
  }

  private static byte[] readLarge(Storage storage, String path) throws IOException {
    long size = storage.stat(path).size();
    if (size > MOST) {
      throw new IOException("it has " + size + " bytes, and Godwit wrote no such file");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    if (storage.read(path, 0, bytes) != size) {
      throw new IOException("it was cut short while it was read");
    }
    return bytes.array();
  }

  /**
   * Writes a file that must not be there yet.
   *
   * @throws GodwitException if it is, or cannot be written
   */
  public static void create(Storage storage, String path, byte[] bytes) {
    try {
      if (!storage.createIfAbsent(path, bytes)) {
        throw new GodwitException(
            ExitCode.FAILED, path + " in " + storage.display() + " is there already");
      }
    } catch (IOException e) {
      throw StorageFailure.writing(storage, path, e);
    }
  }
}
