package dev.godwit.vault.mark;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.plane.BentFileException;
import dev.godwit.vault.plane.FileSeal;
import dev.godwit.vault.plane.VaultFiles;
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

  private static final Pattern NAME =
      Pattern.compile("marks/([0-9]{8}T[0-9]{6}\\.[0-9]{3}Z)-([0-9a-f]{16})\\.json");
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
  public static MarkFile write(VaultFiles files, Instant now, List<Going> going)
      throws IOException {
    try {
      String time = TIME.format(now);
      byte[] plain = Json.LINE.writeValueAsBytes(new Document(FormatVersion.CURRENT, going));
      byte[] bytes = seal(files).seal("mark " + time, plain);
      String id = Hash.of(bytes).substring(0, 16);
      String path = Layout.MARKS + '/' + time + '-' + id + ".json";
      try (StorageWriter writer = files.storage().create(path)) {
        writer.write(ByteBuffer.wrap(bytes));
        writer.commit();
      }
      return new MarkFile(path, going);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FileSeal seal(VaultFiles files) {
    return FileSeal.of(files, Plane.MARK);
  }

  /** When it was made, by the storage's clock. */
  public Instant time() {
    Matcher name = NAME.matcher(path);
    if (!name.matches()) {
      throw new IllegalStateException(path);
    }
    return TIME.parse(name.group(1), Instant::from);
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
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} if it is bent or forged
   */
  public static Optional<MarkFile> read(VaultFiles files, String path) {
    Storage storage = files.storage();
    Matcher name = NAME.matcher(path);
    if (!name.matches()) {
      throw new IllegalArgumentException(path);
    }
    try {
      byte[] bytes = SmallFile.read(storage, path);
      if (!Hash.of(bytes).startsWith(name.group(2))) {
        throw bent(storage, path, null);
      }
      byte[] plain = seal(files).open("mark " + name.group(1), bytes);
      return Optional.of(new MarkFile(path, Json.LINE.readValue(plain, Document.class).files()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (BentFileException | JsonProcessingException e) {
      throw bent(storage, path, e);
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  private static RuntimeException bent(Storage storage, String path, Exception cause) {
    return StorageFailure.damaged(
        storage, path, "is bent or forged; 'godwit prune' removes it and makes it anew", cause);
  }

  private static String waitsPath(String path) {
    return path.substring(0, path.length() - ".json".length()) + ".waits";
  }

  /** The paths of the locks that were there when it was made; nothing where that is not told. */
  public Optional<List<String>> waitsFor(VaultFiles vault) {
    Storage storage = vault.storage();
    String waits = waitsPath(path);
    try {
      byte[] bytes = seal(vault).open(waits, SmallFile.read(storage, waits));
      return Optional.of(List.copyOf(Json.LINE.readValue(bytes, Waits.class).locks()));
    } catch (NoSuchFileException | BentFileException | JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, waits, e);
    }
  }

  /** Says which locks were there when it was made. */
  public void waitFor(VaultFiles vault, List<String> locks) throws IOException {
    String waits = waitsPath(path);
    byte[] bytes = Json.LINE.writeValueAsBytes(new Waits(FormatVersion.CURRENT, locks));
    vault.storage().replace(waits, seal(vault).seal(waits, bytes));
  }

  /** Removes a mark, whole or bent. */
  public static void remove(Storage storage, String path) throws IOException {
    storage.delete(waitsPath(path));
    storage.delete(path);
  }
}
