package dev.godwit.vault.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.key.BentSealException;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.key.ReaderKeys;
import dev.godwit.vault.key.WriterFiles;
import dev.godwit.vault.key.WriterKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records of an encrypted vault: sealed in the writer plane, and signed with the writer's own key.
 * A reader proves whose each record is. Another writer can only tell that some writer made it.
 */
final class SealedAudit implements AuditSeal {
  private final Storage storage;
  private final String vault;
  private final WriterKeys own;
  private final Optional<ReaderKeys> reader;
  private final Map<String, WriterKeys> others = new ConcurrentHashMap<>();

  private record Document(int format, String sealed, String mac) {}

  SealedAudit(Storage storage, String vault, WriterKeys own, Optional<ReaderKeys> reader) {
    this.storage = storage;
    this.vault = vault;
    this.own = own;
    this.reader = reader;
  }

  @Override
  public String writer() {
    return own.writerId();
  }

  @Override
  public byte[] seal(byte[] record) {
    byte[] sealed = own.seal(Plane.AUDIT, record, aad(own.writerId()));
    Document document =
        new Document(
            FormatVersion.CURRENT,
            Base64.getEncoder().encodeToString(sealed),
            HexFormat.of().formatHex(own.audit().doFinal(sealed)));
    try {
      return (Json.page().writeValueAsString(document) + '\n').getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] aad(String writer) {
    return ("audit " + vault + ' ' + writer).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] open(String writer, byte[] stored) throws BentRecordException {
    try {
      Document document = Json.LINE.readValue(stored, Document.class);
      byte[] sealed = Base64.getDecoder().decode(document.sealed());
      byte[] mac = HexFormat.of().parseHex(document.mac());
      Optional<WriterKeys> signer = keysOf(writer);
      if (signer.isPresent() && !MessageDigest.isEqual(mac, signer.get().audit().doFinal(sealed))) {
        throw new BentRecordException("was not signed by its writer");
      }
      return own.open(Plane.AUDIT, sealed, aad(writer));
    } catch (BentSealException | IOException | IllegalArgumentException | NullPointerException e) {
      throw new BentRecordException("is no record of this vault's writers");
    }
  }

  /** The keys of a writer; nothing where only a reader could prove it. */
  private Optional<WriterKeys> keysOf(String writer) throws BentRecordException {
    if (writer.equals(own.writerId())) {
      return Optional.of(own);
    }
    if (reader.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          others.computeIfAbsent(writer, id -> WriterFiles.open(storage, reader.get(), id)));
    } catch (GodwitException e) {
      if (e.exitCode() != ExitCode.DAMAGED) {
        throw e;
      }
      throw new BentRecordException("is of a writer that the vault does not know");
    }
  }
}
