package dev.godwit.vault.snapshot;

import dev.godwit.vault.Manifest;
import dev.godwit.vault.plane.SealedRun;
import dev.godwit.vault.plane.VaultRun;
import java.util.Optional;

/** How a run writes its manifest. */
interface ManifestSeal {
  /**
   * The bytes of the file.
   *
   * @param draft with any id
   * @param references id of the list of all that the snapshot refers to, where there is one
   */
  byte[] bytes(Manifest draft, Optional<String> references);

  /** That of a run. */
  static ManifestSeal of(VaultRun run) {
    return run instanceof SealedRun sealed ? new SealedManifest(sealed) : new PlainManifests();
  }
}
