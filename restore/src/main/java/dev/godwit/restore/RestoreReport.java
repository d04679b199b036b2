package dev.godwit.restore;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.transfer.TransferReport;
import dev.godwit.vault.Manifest;

/**
 * What a restore came to.
 *
 * @param manifest the snapshot that was restored
 * @param transfer what was moved
 * @param whole whether all that the source held is in the target: the snapshot was complete, and
 *     carried every kind of object, each of which the target could take
 */
public record RestoreReport(Manifest manifest, TransferReport transfer, boolean whole) {
  /** The report of a snapshot that was moved. */
  public static RestoreReport of(Manifest manifest, MoveReport moved) {
    boolean whole = manifest.complete() && moved.notCarried().isEmpty();
    return new RestoreReport(manifest, moved.transfer(), whole);
  }

  /** Not whole where something of the source is missing, or the target refused something. */
  public ExitCode exitCode() {
    return whole && MoveReport.took(transfer) ? ExitCode.DONE : ExitCode.NOT_WHOLE;
  }
}
