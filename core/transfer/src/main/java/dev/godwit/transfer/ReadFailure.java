package dev.godwit.transfer;

import dev.godwit.spi.error.CancelledException;
import java.util.function.Supplier;

/** Marks a failure as one of the side that is read, on its way to whoever decides about it. */
final class ReadFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RuntimeException failure;

  ReadFailure(RuntimeException failure) {
    super(failure);
    this.failure = failure;
  }

  /** What was thrown, with what was thrown while cleaning up after it. */
  RuntimeException failure() {
    for (Throwable suppressed : getSuppressed()) {
      if (suppressed != failure) {
        failure.addSuppressed(suppressed);
      }
    }
    return failure;
  }

  /** Does something on the side that is read, and marks what it throws. */
  static <T> T mark(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ReadFailure(e);
    }
  }
}
