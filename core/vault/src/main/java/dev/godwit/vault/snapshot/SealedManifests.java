package dev.godwit.vault.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.key.BentSealException;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.plane.BentFileException;
import dev.godwit.vault.plane.PieceInput;
import dev.godwit.vault.plane.PieceSeal;
import dev.godwit.vault.plane.RunKeys;
import dev.godwit.vault.plane.VaultFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads manifests of an encrypted vault: with a writer's key their heads, with a reader's all. */
final class SealedManifests implements ManifestSource {
  private final VaultFiles files;

  SealedManifests(VaultFiles files) {
    this.files = files;
  }

  @Override
  public Manifest manifest(String id, JsonNode file) throws IOException {
    RunKeys keys = files.reading().orElseThrow();
    SealedText.Parts parts = parts(file);
    SealedText.WriterPart writer = writerPart(parts);
    PieceSeal seal;
    try {
      seal = PieceSeal.of(keys.open(SealedText.bytes(writer.key())));
    } catch (BentSealException e) {
      throw new BentFileException("is sealed with a key that " + e.getMessage(), e);
    }
    String boundTo = SealedManifest.boundTo(SealedText.bytes(parts.writer()));
    try (InputStream text =
        new PieceInput(new ByteArrayInputStream(SealedText.bytes(parts.reader())), seal, boundTo)) {
      return Json.LINE.readValue(text, ManifestText.class).manifest(id);
    }
  }

  @Override
  public SnapshotHead head(String id, JsonNode file) throws IOException {
    return writerPart(parts(file)).head(id);
  }

  private SealedText.Parts parts(JsonNode file) throws IOException {
    SealedText.Parts parts = Json.LINE.treeToValue(file, SealedText.Parts.class);
    if (!files.vaultId().equals(parts.vault())) {
      throw new BentFileException("is a manifest of another vault");
    }
    return parts;
  }

  private SealedText.WriterPart writerPart(SealedText.Parts parts) throws IOException {
    try {
      byte[] text =
          files
              .writing()
              .orElseThrow()
              .open(
                  Plane.MANIFEST,
                  SealedText.bytes(parts.writer()),
                  SealedManifest.aad(parts.vault()));
      return Json.LINE.readValue(text, SealedText.WriterPart.class);
    } catch (BentSealException e) {
      throw new BentFileException("has a bent or forged head", e);
    }
  }
}
