package dev.godwit.vault.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.plane.VaultFiles;
import java.io.IOException;

/**
 * What manifests are read with. What makes no sense is an {@link IOException} or any {@link
 * RuntimeException} but a {@code GodwitException}.
 */
interface ManifestSource {
  /**
   * The whole manifest.
   *
   * @param file the bytes of the file, as JSON
   * @throws dev.godwit.spi.error.GodwitException {@code WRONG_KEY} if the keys at hand do not read
   *     it
   */
  Manifest manifest(String id, JsonNode file) throws IOException;

  /** What is known without reading the snapshot, otherwise as {@link #manifest}. */
  SnapshotHead head(String id, JsonNode file) throws IOException;

  /** That of a vault. */
  static ManifestSource of(VaultFiles files) {
    return files.writing().isPresent() ? new SealedManifests(files) : new PlainManifests();
  }
}
