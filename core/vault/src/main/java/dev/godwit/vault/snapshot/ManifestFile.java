package dev.godwit.vault.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.file.Hash;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest as a file: {@code snapshots/<time>-<id>.json}. The id is the beginning of the hash of
 * the file's bytes, so that its name proves what is in it.
 */
public final class ManifestFile {
  /** The version that this code writes, and the newest that it reads. */
  private static final int FORMAT = 0;

  private static final Pattern NAME =
      Pattern.compile("snapshots/([0-9]{8}T[0-9]{6}\\.[0-9]{3}Z)-([0-9a-f]{16})\\.json");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ManifestFile() {}

  /** What stands in the file. */
  private record Document(
      int format,
      String kind,
      Source source,
      StoreInfo origin,
      String scope,
      boolean complete,
      List<Manifest.LeftOut> leftOut,
      ConsistencyPoint point,
      String started,
      String finished,
      List<String> tags,
      Manifest.Totals totals,
      Map<String, Long> notCarried,
      String contents,
      String objects,
      String writer) {}

  /** The id of the manifest at a path; nothing where the path is no manifest's. */
  public static Optional<String> idAt(String path) {
    Matcher name = NAME.matcher(path);
    return name.matches() ? Optional.of(name.group(2)) : Optional.empty();
  }

  /** The time in a manifest's path. */
  static Instant timeAt(String path) {
    Matcher name = NAME.matcher(path);
    if (!name.matches()) {
      throw new IllegalArgumentException(path + " is no manifest");
    }
    return TIME.parse(name.group(1), Instant::from);
  }

  /** Where the manifest of a sealed snapshot lies. */
  public static String path(Manifest manifest) {
    return Layout.SNAPSHOTS
        + '/'
        + TIME.format(manifest.finished())
        + '-'
        + manifest.id()
        + ".json";
  }

  /**
   * Seals a snapshot: the manifest appears whole, or not at all.
   *
   * @param draft with any id
   * @return the manifest with its own id
   */
  static Manifest write(Storage storage, Manifest draft) {
    Document document =
        new Document(
            FORMAT,
            draft.kind(),
            draft.source(),
            draft.origin(),
            draft.scope(),
            draft.complete(),
            draft.leftOut(),
            draft.point(),
            draft.started().toString(),
            draft.finished().toString(),
            draft.tags(),
            draft.totals(),
            draft.notCarried(),
            draft.contents(),
            draft.objects().orElse(null),
            draft.writer());
    try {
      String text = Json.page().writeValueAsString(document) + '\n';
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      String id = Hash.of(bytes).substring(0, 16);
      String path = Layout.SNAPSHOTS + '/' + TIME.format(draft.finished()) + '-' + id + ".json";
      SmallFile.create(storage, path, bytes);
      return manifest(id, document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a manifest and proves it by its name.
   *
   * @throws GodwitException {@code DAMAGED} if it is bent; {@code TOO_NEW} if a newer Godwit wrote
   *     it
   */
  public static Manifest read(Storage storage, String path) {
    String id = idAt(path).orElseThrow(() -> new IllegalArgumentException(path));
    try {
      byte[] bytes = SmallFile.read(storage, path);
      if (!Hash.of(bytes).startsWith(id)) {
        throw StorageFailure.damaged(storage, path, "has another hash than its name", null);
      }
      int format = Json.LINE.readTree(bytes).path("format").asInt(-1);
      if (format > FORMAT) {
        throw new GodwitException(
            ExitCode.TOO_NEW,
            path + " in " + storage.display() + " has the format " + format,
            "read it with a newer Godwit");
      }
      return manifest(id, Json.LINE.readValue(bytes, Document.class));
    } catch (JsonProcessingException | RuntimeException e) {
      if (e instanceof GodwitException known) {
        throw known;
      }
      throw StorageFailure.damaged(storage, path, "makes no sense", e);
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  private static Manifest manifest(String id, Document document) {
    return new Manifest(
        id,
        document.kind(),
        document.source(),
        document.origin(),
        document.scope(),
        document.complete(),
        List.copyOf(document.leftOut()),
        document.point(),
        Instant.parse(document.started()),
        Instant.parse(document.finished()),
        List.copyOf(document.tags()),
        document.totals(),
        new TreeMap<>(document.notCarried()),
        document.contents(),
        Optional.ofNullable(document.objects()),
        document.writer());
  }
}
