package dev.godwit.vault.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands in {@code vault.json}. The file ends with a checksum of all that comes before it, in
 * a fixed form, so that any byte that changed is found.
 *
 * @param id of the vault, 32 hexadecimal digits
 * @param created when it was made, by the storage's clock
 * @param volumeBytes how large its volumes become
 * @param volumeBlocks most blocks of a volume
 * @param encryption its keys, where it is encrypted
 */
public record VaultFile(
    String id,
    Instant created,
    long volumeBytes,
    int volumeBlocks,
    Optional<Encryption> encryption) {
  private static final String SEAL = ",\n  \"checksum\" : \"";
  private static final String END = "\"\n}\n";

  private static final String MAC = ",\n    \"mac\" : \"";

  private record Document(
      int format, String id, String created, Limits limits, Encryption encryption) {}

  /** Checks what others rely on. */
  public VaultFile {
    if (!id.matches("[0-9a-f]{32}") || volumeBytes < 1 || volumeBlocks < 1) {
      throw new IllegalArgumentException("no vault has the id " + id + " and these limits");
    }
  }

  private record Limits(long volumeBytes, int volumeBlocks) {}

  /** The file's bytes. */
  public byte[] bytes() {
    return seal(head()).getBytes(StandardCharsets.UTF_8);
  }

  private String head() {
    Document document =
        new Document(
            FormatVersion.CURRENT,
            id,
            created.toString(),
            new Limits(volumeBytes, volumeBlocks),
            encryption.orElse(null));
    try {
      String text = Json.page().writeValueAsString(document);
      return text.substring(0, text.lastIndexOf("\n}"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the mac of an encrypted vault's file is made over: every byte before it. */
  public byte[] beforeMac() {
    String text = withMac("").head();
    return text.substring(0, text.lastIndexOf(MAC)).getBytes(StandardCharsets.UTF_8);
  }

  /** The same file of an encrypted vault with a mac. */
  public VaultFile withMac(String mac) {
    return with(encryption.orElseThrow().withMac(mac));
  }

  /** The same file with other keys. */
  public VaultFile with(Encryption keys) {
    return new VaultFile(id, created, volumeBytes, volumeBlocks, Optional.of(keys));
  }

  private static String seal(String head) {
    return head + SEAL + Hash.of(head.getBytes(StandardCharsets.UTF_8)) + END;
  }

  /**
   * Reads the file of a vault.
   *
   * @throws GodwitException {@code DAMAGED} if it is bent or missing; {@code TOO_NEW} if a newer
   *     Godwit wrote it
   */
  public static VaultFile read(Storage storage) {
    try {
      String text = new String(SmallFile.read(storage, Layout.VAULT), StandardCharsets.ISO_8859_1);
      int sealAt = text.lastIndexOf(SEAL);
      if (sealAt < 0 || !text.equals(seal(text.substring(0, sealAt)))) {
        throw damaged(storage, null);
      }
      JsonNode tree = Json.LINE.readTree(text);
      JsonNode format = tree.path("format");
      if (!format.isInt() || format.intValue() < 0) {
        throw damaged(storage, null);
      }
      FormatVersion.require(format.intValue(), "the vault " + storage.display());
      JsonNode limits = tree.path("limits");
      Optional<Encryption> encryption = Optional.empty();
      if (tree.has("encryption")) {
        encryption = Optional.of(Json.LINE.treeToValue(tree.get("encryption"), Encryption.class));
      }
      VaultFile file =
          new VaultFile(
              tree.path("id").asText(),
              Instant.parse(tree.path("created").asText()),
              limits.path("volumeBytes").asLong(),
              limits.path("volumeBlocks").asInt(),
              encryption);
      // The mac goes over the bytes that this record stands for: there must be no others.
      if (encryption.isPresent() && !text.equals(seal(file.head()))) {
        throw damaged(storage, null);
      }
      return file;
    } catch (JsonProcessingException
        | IllegalArgumentException
        | DateTimeException
        | NullPointerException e) {
      throw damaged(storage, e);
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.VAULT, e);
    }
  }

  private static GodwitException damaged(Storage storage, Exception cause) {
    return damaged(storage, "is bent, or was written by another", cause);
  }

  /** No command opens a vault without this file, so none can look at the rest either. */
  public static GodwitException damaged(Storage storage, String what, Exception cause) {
    return new GodwitException(
        ExitCode.DAMAGED,
        Layout.VAULT + " in " + storage.display() + ' ' + what,
        "put back the "
            + Layout.VAULT
            + " of a copy of this folder, such as one of rsync: nothing can make it anew",
        cause);
  }
}
