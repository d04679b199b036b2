package dev.godwit.vault.list;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.Sha256;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.ZstdLibrary;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.plane.BentFileException;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.storage.StorageInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads a list line by line, after its hash has been proven. A short list is read from the storage
 * once, a long one twice; neither is ever held decompressed. Used by one thread.
 */
public final class ListReader implements AutoCloseable {
  private static final long SHORT = 1 << 20;

  private final Storage storage;
  private final String path;
  private final BoundedLines lines;

  private ListReader(Storage storage, String path, BoundedLines lines) {
    this.storage = storage;
    this.path = path;
    this.lines = lines;
  }

  /**
   * Opens a list.
   *
   * @throws GodwitException {@code DAMAGED} if it is missing, bent, or of another kind; {@code
   *     TOO_NEW} if a newer Godwit wrote it
   */
  public static ListReader open(VaultFiles files, String id, ListKind kind) {
    return open(files, id, kind, Optional.empty());
  }

  /**
   * As {@link #open(VaultFiles, String, ListKind)}.
   *
   * @param ahead the list's bytes, if they were read before; they are proven here
   */
  public static ListReader open(
      VaultFiles files, String id, ListKind kind, Optional<byte[]> ahead) {
    Storage storage = files.storage();
    if (!Layout.isListId(id)) {
      throw StorageFailure.damaged(storage, Layout.LISTS, "has no list of this name", null);
    }
    String path = Layout.list(id);
    try {
      InputStream proven =
          proven(storage, id, ahead)
              .orElseThrow(
                  () ->
                      StorageFailure.damaged(
                          storage, path, "has another hash than its name", null));
      ZstdLibrary.require();
      BoundedLines lines =
          new BoundedLines(
              new InputStreamReader(
                  new ZstdInputStreamNoFinalizer(ListSource.of(files).opened(kind, proven)),
                  StandardCharsets.UTF_8));
      ListReader reader = new ListReader(storage, path, lines);
      try {
        reader.readHeader(kind);
        return reader;
      } catch (RuntimeException e) {
        reader.close(); // a decompressor holds memory that no garbage collector sees
        throw e;
      }
    } catch (BentFileException e) {
      throw StorageFailure.damaged(storage, path, e.getMessage(), e);
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  /** Whether the vault has the list, and it is what its name says. */
  public static boolean isWhole(Storage storage, String id) {
    return isWhole(storage, id, Optional.empty());
  }

  /**
   * As {@link #isWhole(Storage, String)}.
   *
   * @param ahead the list's bytes, if they were read before
   */
  public static boolean isWhole(Storage storage, String id, Optional<byte[]> ahead) {
    try {
      return proven(storage, id, ahead).isPresent();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.list(id), e);
    }
  }

  private static Optional<InputStream> proven(Storage storage, String id, Optional<byte[]> ahead)
      throws IOException {
    String path = Layout.list(id);
    Optional<byte[]> small = ahead.isPresent() ? ahead : SmallFile.readIfSmall(storage, path);
    if (small.isPresent()) {
      return small.filter(bytes -> Hash.of(bytes).equals(id)).map(ByteArrayInputStream::new);
    }
    long size = storage.stat(path).size();
    if (size <= SHORT) {
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      storage.read(path, 0, bytes);
      return Hash.of(bytes.array()).equals(id)
          ? Optional.of(new ByteArrayInputStream(bytes.array()))
          : Optional.empty();
    }
    MessageDigest digest = Sha256.begin();
    byte[] chunk = new byte[64 << 10];
    try (InputStream in = new StorageInput(storage, path, read -> {})) {
      for (int read; (read = in.read(chunk)) > 0; ) {
        digest.update(chunk, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest()).equals(id)
        ? Optional.of(new StorageInput(storage, path, read -> {}))
        : Optional.empty();
  }

  private void readHeader(ListKind kind) {
    ListHeader header =
        next(ListHeader.class)
            .orElseThrow(() -> StorageFailure.damaged(storage, path, "is an empty list", null));
    FormatVersion.require(header.format(), path + " in " + storage.display());
    if (!kind.word().equals(header.list())) {
      throw StorageFailure.damaged(
          storage, path, "is a list of " + header.list() + ", not of " + kind.word(), null);
    }
  }

  /** The next line as it stands; nothing at the end. */
  public Optional<String> nextLine() {
    try {
      return Optional.ofNullable(lines.next());
    } catch (BentFileException e) {
      throw StorageFailure.damaged(storage, path, e.getMessage(), e);
    } catch (BoundedLines.TooLongException e) {
      throw StorageFailure.damaged(storage, path, "has a line that is too long", e);
    } catch (IOException e) {
      throw StorageFailure.damaged(storage, path, "cannot be decompressed", e);
    }
  }

  /** The next line as a value; nothing at the end. */
  public <T> Optional<T> next(Class<T> type) {
    return nextLine().map(line -> parse(line, type));
  }

  private <T> T parse(String line, Class<T> type) {
    try {
      return Json.LINE.readValue(line, type);
    } catch (JsonProcessingException | RuntimeException e) {
      throw StorageFailure.damaged(storage, path, "has a line that makes no sense", e);
    }
  }

  /** Where the list lies. */
  public String path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }
}
