package dev.godwit.vault.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.file.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Manifests of a vault that is not encrypted: indented JSON. */
final class PlainManifests implements ManifestSeal, ManifestSource {
  @Override
  public byte[] bytes(Manifest draft, Optional<String> references) {
    try {
      String text = Json.page().writeValueAsString(ManifestText.of(draft)) + '\n';
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public Manifest manifest(String id, JsonNode file) throws JsonProcessingException {
    return Json.LINE.treeToValue(file, ManifestText.class).manifest(id);
  }

  @Override
  public SnapshotHead head(String id, JsonNode file) throws JsonProcessingException {
    return manifest(id, file).head();
  }
}
