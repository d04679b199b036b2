package dev.godwit.vault.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.plane.PieceOutput;
import dev.godwit.vault.plane.PieceSeal;
import dev.godwit.vault.plane.SealedRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;

/** Writes the manifest of a run into an encrypted vault. */
final class SealedManifest implements ManifestSeal {
  private final SealedRun run;

  SealedManifest(SealedRun run) {
    this.run = run;
  }

  @Override
  public byte[] bytes(Manifest draft, Optional<String> references) {
    try {
      String vault = run.files().vaultId();
      byte[] writerPart = Json.LINE.writeValueAsBytes(writerPart(draft, references.orElseThrow()));
      byte[] writer = run.writer().seal(Plane.MANIFEST, writerPart, aad(vault));
      SealedText.Parts parts =
          new SealedText.Parts(
              FormatVersion.CURRENT,
              vault,
              SealedText.text(writer),
              SealedText.text(reader(draft, writer)));
      String text = Json.page().writeValueAsString(parts) + '\n';
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // written to memory
    }
  }

  /** What the writer's part is bound to. */
  static byte[] aad(String vault) {
    return ("manifest " + FormatVersion.CURRENT + ' ' + vault).getBytes(StandardCharsets.US_ASCII);
  }

  /** What each piece of the reader's part is bound to. */
  static String boundTo(byte[] writerPart) {
    return "manifest " + Hash.of(writerPart);
  }

  private SealedText.WriterPart writerPart(Manifest draft, String references) {
    Mac mac = run.writer().mac(Plane.MANIFEST);
    mac.update(draft.source().id().getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    String scope =
        HexFormat.of().formatHex(mac.doFinal(draft.scope().getBytes(StandardCharsets.UTF_8)));
    return new SealedText.WriterPart(
        draft.source(),
        scope,
        draft.started().toString(),
        draft.finished().toString(),
        draft.complete(),
        draft.tags(),
        draft.contents(),
        draft.objects().orElse(null),
        references,
        SealedText.text(run.sealedKey()),
        run.writer().writerId(),
        draft.copiedFrom().map(origin -> OriginMark.of(run.files(), origin)).orElse(null));
  }

  private byte[] reader(Manifest draft, byte[] writerPart) throws IOException {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (OutputStream pieces =
        new PieceOutput(sealed, PieceSeal.of(run.data()), boundTo(writerPart))) {
      Json.LINE.writeValue(pieces, ManifestText.of(draft));
    }
    return sealed.toByteArray();
  }
}
