package dev.godwit.backup;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.transfer.TransferReport;
import dev.godwit.vault.Manifest;

/**
 * What backing up one source came to.
 *
 * @param manifest the snapshot that was sealed
 * @param transfer what was moved for it
 */
public record BackupReport(Manifest manifest, TransferReport transfer) {
  /** Not whole where a dataset was left out. What a plugin does not carry is told, not punished. */
  public ExitCode exitCode() {
    return manifest.complete() ? ExitCode.DONE : ExitCode.NOT_WHOLE;
  }
}
