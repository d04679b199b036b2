package dev.godwit.vault;

import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.name.DatasetName;

/**
 * Writes one snapshot, through the contract of every load. {@link #complete} seals it; a writer
 * that is closed before leaves no snapshot, and its finished volumes for the next run to reuse.
 */
public interface SnapshotWriter extends LoadRun {
  /**
   * Gives up on a dataset: what was written of it is not listed, and the snapshot will not be
   * complete.
   */
  void leaveOut(DatasetName dataset, String reason);

  /**
   * The snapshot that was sealed.
   *
   * @throws IllegalStateException before {@link #complete}
   */
  Manifest manifest();

  /**
   * What was stored for the snapshot, and what was taken over from earlier runs.
   *
   * @throws IllegalStateException before {@link #complete}
   */
  StoredBlocks stored();
}
