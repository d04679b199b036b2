package dev.godwit.vault.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.plane.BentFileException;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A manifest as a file: {@code snapshots/<time>-<id>.json}. The id is the beginning of the hash of
 * the file's bytes, and the time is the one that stands in it, so that its name proves what is in
 * it, and what is in it the name.
 */
public final class ManifestFile {
  private static final Pattern NAME =
      Pattern.compile("snapshots/([0-9]{8}T[0-9]{6}\\.[0-9]{3}Z)-([0-9a-f]{16})\\.json");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ManifestFile() {}

  /** The id of the manifest at a path; nothing where the path is no manifest's. */
  public static Optional<String> idAt(String path) {
    Matcher name = NAME.matcher(path);
    return name.matches() ? Optional.of(name.group(2)) : Optional.empty();
  }

  /** The paths of all manifests that a vault holds, oldest first. */
  static List<String> paths(Storage storage) {
    try (Stream<StoredFile> files = storage.list(Layout.SNAPSHOTS)) {
      return files.map(StoredFile::path).filter(path -> idAt(path).isPresent()).sorted().toList();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.SNAPSHOTS, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.SNAPSHOTS, e.getCause());
    }
  }

  /** Where a manifest lies. */
  public static String path(Manifest manifest) {
    return path(manifest.finished(), manifest.id());
  }

  /** Where the manifest of a snapshot lies. */
  public static String path(SnapshotHead head) {
    return path(head.finished(), head.id());
  }

  private static String path(Instant finished, String id) {
    return Layout.SNAPSHOTS + '/' + TIME.format(finished) + '-' + id + ".json";
  }

  /** The time in a manifest's path. */
  static Instant timeAt(String path) {
    Matcher name = NAME.matcher(path);
    if (!name.matches()) {
      throw new IllegalArgumentException(path + " is no manifest");
    }
    return TIME.parse(name.group(1), Instant::from);
  }

  /**
   * Seals a snapshot: the manifest appears whole, or not at all.
   *
   * @param draft with any id
   * @param references id of the list of all that the snapshot refers to, where there is one
   * @return the manifest with its own id
   */
  public static Manifest write(VaultRun run, Manifest draft, Optional<String> references) {
    return write(run, draft, references, id -> {});
  }

  /**
   * The same, for what must be there before anybody sees the snapshot.
   *
   * @param sealing told the id right before the manifest is written
   */
  public static Manifest write(
      VaultRun run, Manifest draft, Optional<String> references, Consumer<String> sealing) {
    byte[] bytes = ManifestSeal.of(run).bytes(draft, references);
    String id = Hash.of(bytes).substring(0, 16);
    sealing.accept(id);
    String path = path(draft.finished(), id);
    try {
      // A name that is taken is taken by these very bytes, or by a file that is bent.
      return run.storage().createIfAbsent(path, bytes)
          ? ManifestText.of(draft).manifest(id)
          : read(run.files(), path);
    } catch (IOException e) {
      throw StorageFailure.writing(run.storage(), Layout.SNAPSHOTS, e);
    }
  }

  /** What reads one value out of a manifest's JSON. */
  private interface Reading<T> {
    T read(String id, JsonNode file) throws IOException;
  }

  /**
   * Reads a manifest and proves it by its name.
   *
   * @throws GodwitException {@code DAMAGED} if it is bent; {@code TOO_NEW} if a newer Godwit wrote
   *     it; {@code WRONG_KEY} if the keys at hand do not read it
   */
  public static Manifest read(VaultFiles files, String path) {
    return read(files, path, ManifestSource.of(files)::manifest, Manifest::finished);
  }

  /** Reads what is known of a snapshot without reading it, otherwise as {@link #read}. */
  public static SnapshotHead head(VaultFiles files, String path) {
    return read(files, path, ManifestSource.of(files)::head, SnapshotHead::finished);
  }

  private static <T> T read(
      VaultFiles files, String path, Reading<T> reading, Function<T, Instant> finished) {
    Storage storage = files.storage();
    String id = idAt(path).orElseThrow(() -> new IllegalArgumentException(path));
    try {
      byte[] bytes = SmallFile.read(storage, path);
      if (!Hash.of(bytes).startsWith(id)) {
        throw StorageFailure.damaged(storage, path, "has another hash than its name", null);
      }
      FormatVersion.require(Json.format(bytes), path + " in " + storage.display());
      JsonNode tree = Json.LINE.readTree(bytes);
      Optional<String> foreign = ForeignManifest.wrong(files, tree);
      if (foreign.isPresent()) {
        throw StorageFailure.damaged(storage, path, foreign.get(), null);
      }
      T read = reading.read(id, tree);
      if (!finished.apply(read).equals(timeAt(path))) {
        throw StorageFailure.damaged(storage, path, "has another time than its name", null);
      }
      return read;
    } catch (JsonProcessingException | RuntimeException e) {
      if (e instanceof GodwitException known) {
        throw known;
      }
      throw StorageFailure.damaged(storage, path, "makes no sense", e);
    } catch (BentFileException e) {
      throw StorageFailure.damaged(storage, path, e.getMessage(), e);
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }
}
