package dev.godwit.spi.record;

import dev.godwit.spi.aside.Spool;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Sets large values aside on disk until the batch comes that refers to them. For writers that can
 * write a value only in its row. Used by one thread.
 */
public final class LargeSpool implements AutoCloseable {
  private record Place(long offset, long length) {}

  private final Map<String, Place> kept = new HashMap<>();
  private Spool spool = new Spool();

  /**
   * Reads the value to its end and keeps it.
   *
   * @throws GodwitException if the disk of the temporary folder is full, or the value cannot be
   *     read
   */
  public void keep(LargeValue value) {
    try {
      MessageDigest digest = Sha256.begin();
      long offset = spool.length();
      try (DigestInputStream bytes = new DigestInputStream(value.bytes(), digest)) {
        bytes.transferTo(spool);
      }
      Place place = new Place(offset, spool.length() - offset);
      kept.put(HexFormat.of().formatHex(digest.digest()), place);
    } catch (IOException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot read a large value: " + IoReason.of(e),
          "look at the network and at the other end, and run the same again",
          e);
    }
  }

  /**
   * Opens a value that was kept; as often as needed until {@link #clear}.
   *
   * @throws IllegalStateException if it never came
   */
  public InputStream open(LargeReference reference) {
    Place place = kept.get(HexFormat.of().formatHex(reference.sha256()));
    if (place == null) {
      throw new IllegalStateException(
          "a batch refers to a large value that did not come before it");
    }
    return spool.part(place.offset(), place.length());
  }

  /** Drops all that is kept; called once a batch is written. */
  public void clear() {
    kept.clear();
    if (spool.length() > 0) {
      spool.close();
      spool = new Spool();
    }
  }

  @Override
  public void close() {
    kept.clear();
    spool.close();
  }
}
