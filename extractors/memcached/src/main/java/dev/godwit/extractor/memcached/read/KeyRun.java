package dev.godwit.extractor.memcached.read;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Keys in their order, in a file that has no name any more once it is open. */
final class KeyRun implements Iterator<ListedKey>, AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private final DataInputStream in;
  private final long count;
  private long read;

  private KeyRun(InputStream in, long count) {
    this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
    this.count = count;
  }

  /**
   * Writes keys that come in their order.
   *
   * @throws GodwitException if the disk of the temporary folder is full
   */
  static KeyRun of(Iterator<ListedKey> ordered) {
    try {
      return write(ordered);
    } catch (IOException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot set keys aside: " + e.getMessage(),
          "make room in " + System.getProperty("java.io.tmpdir") + " or set -Djava.io.tmpdir",
          e);
    }
  }

  private static KeyRun write(Iterator<ListedKey> ordered) throws IOException {
    Path file = Files.createTempFile("godwit-keys-", ".run");
    try {
      long count = 0;
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
        for (; ordered.hasNext(); count++) {
          ordered.next().write(out);
        }
      }
      return new KeyRun(Files.newInputStream(file), count);
    } finally {
      try {
        Files.deleteIfExists(file); // what is open stays readable
      } catch (IOException e) {
        file.toFile().deleteOnExit(); // a system that keeps names of open files
      }
    }
  }

  @Override
  public boolean hasNext() {
    return read < count;
  }

  @Override
  public ListedKey next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    read++;
    try {
      return ListedKey.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // It was read only.
    }
  }
}
