package dev.godwit.vault.mark;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A mark: files that are about to be removed. Its name carries the beginning of its hash. Beside it
 * may stand which writers were at work when it was made, so that it can be told when none of them
 * is left.
 *
 * @param path of the mark
 * @param files that are to go
 */
public record MarkFile(String path, List<Going> files) {
  /** So many files stand in one mark at most: about 2 MB. */
  public static final int MOST = 20_000;

  private static final int FORMAT = 0;
  private static final Pattern NAME =
      Pattern.compile("marks/[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z-([0-9a-f]{16})\\.json");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * A file that is to go.
   *
   * @param path of a volume, a list or a table of moved blocks
   * @param bytes that it takes
   */
  public record Going(String path, long bytes) {}

  private record Document(int format, List<Going> files) {}

  private record Waits(int format, List<String> locks) {}

  /** Copies the files. */
  public MarkFile {
    files = List.copyOf(files);
  }

  /** Writes a mark. */
  public static MarkFile write(Storage storage, Instant now, List<Going> files) throws IOException {
    try {
      byte[] bytes = Json.LINE.writeValueAsBytes(new Document(FORMAT, files));
      String id = Hash.of(bytes).substring(0, 16);
      String path = Layout.MARKS + '/' + TIME.format(now) + '-' + id + ".json";
      try (StorageWriter writer = storage.create(path)) {
        writer.write(ByteBuffer.wrap(bytes));
        writer.commit();
      }
      return new MarkFile(path, files);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The paths of all marks, oldest first. */
  public static List<String> paths(Storage storage) {
    try (Stream<StoredFile> files = storage.list(Layout.MARKS)) {
      return files.map(StoredFile::path).filter(p -> NAME.matcher(p).matches()).sorted().toList();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.MARKS, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.MARKS, e.getCause());
    }
  }

  /**
   * Reads a mark; nothing where it is gone by now.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if it is bent
   */
  public static Optional<MarkFile> read(Storage storage, String path) {
    Matcher name = NAME.matcher(path);
    if (!name.matches()) {
      throw new IllegalArgumentException(path);
    }
    try {
      byte[] bytes = SmallFile.read(storage, path);
      if (!Hash.of(bytes).startsWith(name.group(1))) {
        throw bent(storage, path, null);
      }
      return Optional.of(new MarkFile(path, Json.LINE.readValue(bytes, Document.class).files()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw bent(storage, path, e);
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  private static RuntimeException bent(Storage storage, String path, Exception cause) {
    return StorageFailure.damaged(
        storage, path, "is bent; 'godwit prune' removes it and makes it anew", cause);
  }

  private static String waitsPath(String path) {
    return path.substring(0, path.length() - ".json".length()) + ".waits";
  }

  /** The paths of the locks that were there when it was made; nothing where that is not told. */
  public Optional<List<String>> waitsFor(Storage storage) {
    String waits = waitsPath(path);
    try {
      byte[] bytes = SmallFile.read(storage, waits);
      return Optional.of(List.copyOf(Json.LINE.readValue(bytes, Waits.class).locks()));
    } catch (NoSuchFileException | JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, waits, e);
    }
  }

  /** Says which locks were there when it was made. */
  public void waitFor(Storage storage, List<String> locks) throws IOException {
    storage.replace(waitsPath(path), Json.LINE.writeValueAsBytes(new Waits(FORMAT, locks)));
  }

  /** Removes a mark, whole or bent. */
  public static void remove(Storage storage, String path) throws IOException {
    storage.delete(waitsPath(path));
    storage.delete(path);
  }
}
