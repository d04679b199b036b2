package dev.godwit.compare;

import dev.godwit.spi.error.ExitCode;
import java.util.List;

/**
 * What a comparison came to.
 *
 * @param datasets that were compared
 * @param different datasets that are not the same
 * @param rowsA read of A, each once
 * @param rowsB read of B, each once
 * @param remarks what makes the answer less than certain, one line each
 */
public record CompareReport(
    long datasets, long different, long rowsA, long rowsB, List<String> remarks) {
  /** Copies the remarks. */
  public CompareReport {
    remarks = List.copyOf(remarks);
  }

  /** Whether nothing differs. */
  public boolean same() {
    return different == 0;
  }

  /** {@code DIFFERENT} where anything differs. */
  public ExitCode exitCode() {
    return same() ? ExitCode.DONE : ExitCode.DIFFERENT;
  }
}
