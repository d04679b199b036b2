package dev.godwit.vault.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Manifests of other vaults, as lie in a folder into which two vaults were copied: nothing is wrong
 * with them but where they are. One of a vault that is not encrypted names no vault, and is as good
 * in any other such.
 */
public final class ForeignManifest {
  private ForeignManifest() {}

  /**
   * Whether a manifest that is none of this vault's is one of another, with the hash of its name.
   *
   * @throws dev.godwit.spi.error.GodwitException if it cannot be read
   */
  public static boolean isAt(VaultFiles files, String path) {
    Storage storage = files.storage();
    try {
      byte[] bytes = SmallFile.read(storage, path);
      return Hash.of(bytes).startsWith(ManifestFile.idAt(path).orElseThrow())
          && wrong(files, Json.LINE.readTree(bytes)).isPresent();
    } catch (NoSuchFileException | JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  /** What is wrong with a manifest that is another vault's; nothing where it is not. */
  static Optional<String> wrong(VaultFiles files, JsonNode manifest) {
    boolean sealed = manifest.path("vault").isTextual() && manifest.path("reader").isTextual();
    if (files.writing().isEmpty()) {
      return sealed ? Optional.of("is a manifest of an encrypted vault") : Optional.empty();
    }
    if (!sealed) {
      return manifest.path("contents").isTextual()
          ? Optional.of("is a manifest of a vault that is not encrypted")
          : Optional.empty();
    }
    return manifest.path("vault").asText().equals(files.vaultId())
        ? Optional.empty()
        : Optional.of("is a manifest of another vault");
  }
}
