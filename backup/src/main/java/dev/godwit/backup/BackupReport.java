package dev.godwit.backup;

import dev.godwit.compare.CompareReport;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.transfer.TransferReport;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.StoredBlocks;
import java.util.List;
import java.util.Optional;

/**
 * What backing up one source came to.
 *
 * @param manifest the snapshot that was sealed
 * @param transfer what was moved for it
 * @param without what a part of a source goes without
 * @param stored what of it was stored anew, and what was taken over from earlier runs
 * @param proof what comparing the snapshot with its source came to, where that was asked for
 */
public record BackupReport(
    Manifest manifest,
    TransferReport transfer,
    List<Catalogue.LeftOut> without,
    StoredBlocks stored,
    Optional<CompareReport> proof) {
  /** Copies the list. */
  public BackupReport {
    without = List.copyOf(without);
  }

  /**
   * Different where the proof failed, else not whole where a dataset was left out. What a plugin
   * does not carry is told, not punished.
   */
  public ExitCode exitCode() {
    if (proof.isPresent() && !proof.get().same()) {
      return ExitCode.DIFFERENT;
    }
    return manifest.complete() ? ExitCode.DONE : ExitCode.NOT_WHOLE;
  }
}
