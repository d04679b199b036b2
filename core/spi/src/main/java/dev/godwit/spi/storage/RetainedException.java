package dev.godwit.spi.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A file may not be removed: an object lock holds it, or whoever asks has no right to delete there.
 * It stays as it was.
 */
public final class RetainedException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Instant until;

  /**
   * A file that stays.
   *
   * @param until when it may go, where that is known
   */
  public RetainedException(String path, Optional<Instant> until, Throwable cause) {
    super(
        path + until.map(time -> " is retained until " + time).orElse(" may not be deleted here"),
        cause);
    this.until = until.orElse(null);
  }

  /** When it may go; nothing where the storage did not say. */
  public Optional<Instant> until() {
    return Optional.ofNullable(until);
  }
}
