package dev.godwit.vault.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;

/**
 * The own key of each writer, kept in the vault for readers, so that they can prove what any writer
 * signed: sealed to the vault's public key, with a mac of the writer plane.
 */
public final class WriterFiles {
  private static final HexFormat HEX = HexFormat.of();

  private record Document(int format, String writer, String sealed, String mac) {}

  private WriterFiles() {}

  /**
   * Keeps a writer's key if the vault does not hold it yet.
   *
   * @throws dev.godwit.spi.error.GodwitException if that cannot be written
   */
  public static void keep(Storage storage, WriterKeys keys) {
    String id = keys.writerId();
    String path = Layout.writer(id);
    try {
      storage.stat(path);
    } catch (NoSuchFileException e) {
      String sealed = HEX.formatHex(keys.sealedOwnKey());
      write(
          storage,
          path,
          new Document(FormatVersion.CURRENT, id, sealed, HEX.formatHex(mac(keys, id, sealed))));
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  private static void write(Storage storage, String path, Document document) {
    try {
      // Another process of this writer may be faster; then its file holds the same key.
      var unused = storage.createIfAbsent(path, bytes(document));
    } catch (IOException e) {
      throw StorageFailure.writing(storage, path, e);
    }
  }

  private static byte[] bytes(Document document) {
    try {
      return (Json.page().writeValueAsString(document) + '\n').getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(WriterKeys keys, String id, String sealed) {
    Mac mac = keys.writerFileMac();
    return mac.doFinal((id + ' ' + sealed).getBytes(StandardCharsets.US_ASCII));
  }

  /** The ids of all writers whose keys the vault holds, sorted. */
  public static List<String> ids(Storage storage) {
    try (Stream<StoredFile> files = storage.list(Layout.WRITERS)) {
      return files
          .map(StoredFile::path)
          .filter(path -> path.matches(".*/[0-9a-f]{32}\\.json"))
          .map(path -> path.substring(path.length() - 37, path.length() - 5))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.WRITERS, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.WRITERS, e.getCause());
    }
  }

  /**
   * The keys of a writer, to prove what it signed.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if its file is missing, bent, or
   *     not of a writer of this vault
   */
  public static WriterKeys open(Storage storage, ReaderKeys reader, String id) {
    String path = Layout.writer(id);
    try {
      byte[] bytes = SmallFile.read(storage, path);
      Document document = Json.LINE.readValue(bytes, Document.class);
      String sealed = document.sealed();
      String mac = HEX.formatHex(mac(reader.writer(), id, sealed));
      // Held against all of the file, so that no byte of it can be another.
      if (!MessageDigest.isEqual(
          bytes(new Document(FormatVersion.CURRENT, id, sealed, mac)), bytes)) {
        throw StorageFailure.damaged(storage, path, "is not of a writer of this vault", null);
      }
      WriterKeys keys = reader.writer(HEX.parseHex(sealed));
      if (!keys.writerId().equals(id)) {
        throw StorageFailure.damaged(storage, path, "holds the key of another writer", null);
      }
      return keys;
    } catch (JsonProcessingException
        | BentSealException
        | IllegalArgumentException
        | NullPointerException e) {
      throw StorageFailure.damaged(storage, path, "is bent", e);
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }
}
