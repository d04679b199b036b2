package dev.godwit.storage.s3;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;

/**
 * How large the parts of an upload are: equal while they are few, then larger, so that any object
 * fits into the parts that a server takes. AWS takes 10,000, some servers 1,000.
 *
 * @param most parts of one object, 4 or more
 */
record PartSizes(int most) {
  private static final int FIRST = 8 << 20;

  PartSizes {
    if (most < 4) {
      throw new GodwitException(
          ExitCode.USAGE, "option max-parts=" + most + " must be 4 or more", "1000 suits most");
    }
  }

  /** Bytes of the part with this number, from 1: it doubles with each quarter of the parts. */
  int size(int number) {
    return FIRST << Math.min(3, (number - 1) / (most / 4));
  }
}
