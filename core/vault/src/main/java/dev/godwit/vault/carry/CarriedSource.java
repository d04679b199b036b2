package dev.godwit.vault.carry;

import dev.godwit.vault.index.KnownBlocks;
import dev.godwit.vault.plane.VaultRun;

/**
 * What snapshots of one source are carried with. In an encrypted target each source has a domain of
 * its own, the same in which the target's writer backs it up: so backups use again what was copied.
 *
 * @param run into the target
 * @param known what lies in the target already
 * @param frames of the source
 */
record CarriedSource(VaultRun run, KnownBlocks known, CarriedFrames frames)
    implements AutoCloseable {
  @Override
  public void close() {
    frames.close();
  }
}
