package dev.godwit.vault.snapshot;

import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.file.Layout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A manifest as it stands in JSON: in a vault that is not encrypted, this is the file. */
record ManifestText(
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
    String writer,
    Manifest.Origin copiedFrom) {

  static ManifestText of(Manifest manifest) {
    return new ManifestText(
        FormatVersion.CURRENT,
        manifest.kind(),
        manifest.source(),
        manifest.origin(),
        manifest.scope(),
        manifest.complete(),
        manifest.leftOut(),
        manifest.point(),
        manifest.started().toString(),
        manifest.finished().toString(),
        manifest.tags(),
        manifest.totals(),
        manifest.notCarried(),
        manifest.contents(),
        manifest.objects().orElse(null),
        manifest.writer(),
        manifest.copiedFrom().orElse(null));
  }

  Manifest manifest(String id) {
    if (!isWhole()) {
      throw new IllegalArgumentException("the snapshot is not described whole");
    }
    return new Manifest(
        id,
        kind,
        source,
        origin,
        scope,
        complete,
        List.copyOf(leftOut),
        point,
        Instant.parse(started),
        Instant.parse(finished),
        List.copyOf(tags),
        totals,
        new TreeMap<>(notCarried),
        contents,
        Optional.ofNullable(objects),
        writer,
        Optional.ofNullable(copiedFrom));
  }

  private boolean isWhole() {
    return Layout.isListId(contents)
        && (objects == null || Layout.isListId(objects))
        && Stream.of(
                kind,
                source.id(),
                source.database(),
                source.address(),
                origin.engine(),
                scope,
                point.guarantee(),
                point.token(),
                totals,
                writer)
            .allMatch(Objects::nonNull);
  }
}
