package dev.godwit.spi.record;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Sets large values aside on disk until the batch comes that refers to them. For writers that can
 * write a value only in its row. Used by one thread.
 */
public final class LargeSpool implements AutoCloseable {
  private final Path folder;
  private final Map<String, Path> kept = new HashMap<>();

  /** In the temporary folder. */
  public LargeSpool() {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** In a folder that is there. */
  LargeSpool(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads the value to its end and keeps it.
   *
   * @throws GodwitException if the disk of the temporary folder is full
   */
  public void keep(LargeValue value) {
    Path file = null;
    try {
      file = Files.createTempFile(folder, "godwit-large-", ".spool");
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream bytes = new DigestInputStream(value.bytes(), digest)) {
        Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
      }
      Path same = kept.put(HexFormat.of().formatHex(digest.digest()), file);
      if (same != null) {
        Files.deleteIfExists(same);
      }
    } catch (IOException e) {
      forget(file);
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot set a large value aside: " + e.getMessage(),
          "make room in " + System.getProperty("java.io.tmpdir") + " or set -Djava.io.tmpdir",
          e);
    } catch (RuntimeException e) {
      forget(file);
      throw e;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opens a value that was kept; as often as needed until {@link #clear}.
   *
   * @throws IllegalStateException if it never came
   */
  public InputStream open(LargeReference reference) throws IOException {
    Path file = kept.get(HexFormat.of().formatHex(reference.sha256()));
    if (file == null) {
      throw new IllegalStateException(
          "a batch refers to a large value that did not come before it");
    }
    return Files.newInputStream(file);
  }

  /** Drops all that is kept; called once a batch is written. */
  public void clear() {
    kept.values().forEach(LargeSpool::forget);
    kept.clear();
  }

  private static void forget(Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }

  @Override
  public void close() {
    clear();
  }
}
