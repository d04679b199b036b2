package dev.godwit.cli.screen;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotHead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What a snapshot is, for people and for scripts. */
public final class SnapshotText {
  private SnapshotText() {}

  /**
   * What the source held and the snapshot does not: {@code not carried: functions (3), views (1)}.
   */
  public static Optional<String> notCarried(SortedMap<String, Long> kinds) {
    return kinds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            kinds.entrySet().stream()
                .map(kind -> kind.getKey() + " (" + Amounts.count(kind.getValue()) + ")")
                .collect(Collectors.joining(", ", "not carried: ", "")));
  }

  /**
   * What a person should know beyond the amounts: what is missing, and how far it is consistent.
   */
  public static List<String> remarks(Manifest manifest) {
    List<String> remarks = new ArrayList<>();
    if (!manifest.complete()) {
      remarks.add(
          "not complete: " + Amounts.count(manifest.leftOut().size(), "dataset") + " left out");
      manifest.leftOut().forEach(left -> remarks.add("  " + left.dataset() + ": " + left.reason()));
    }
    manifest
        .copiedFrom()
        .ifPresent(
            from -> remarks.add("copied from " + from.snapshot() + " in vault " + from.vault()));
    notCarried(manifest.notCarried()).ifPresent(remarks::add);
    guarantee(manifest.point()).ifPresent(remarks::add);
    return remarks;
  }

  /** How far records do not belong to one instant; empty where they do. */
  public static Optional<String> guarantee(ConsistencyPoint point) {
    return switch (point.guarantee()) {
      case SNAPSHOT -> Optional.empty();
      case PER_PARTITION ->
          Optional.of("not one instant: each partition shows an instant of its own");
      case FUZZY -> Optional.of("not one instant: records may come from different moments");
    };
  }

  /** For scripts, where only a writer's key is there. */
  public static Map<String, Object> fields(SnapshotHead head) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", head.id());
    fields.put("source", head.source().id());
    fields.put("database", head.source().database());
    fields.put("address", head.source().address());
    fields.put("complete", head.complete());
    fields.put("started", head.started());
    fields.put("finished", head.finished());
    fields.put("tags", head.tags());
    return fields;
  }

  /** For scripts. */
  public static Map<String, Object> fields(Manifest manifest) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", manifest.id());
    fields.put("kind", manifest.kind());
    fields.put("source", manifest.source().id());
    fields.put("database", manifest.source().database());
    fields.put("address", manifest.source().address());
    fields.put("engine", manifest.origin().engine());
    fields.put("engine_version", manifest.origin().version());
    fields.put("scope", manifest.scope());
    fields.put("complete", manifest.complete());
    fields.put(
        "left_out",
        manifest.leftOut().stream()
            .map(left -> Map.of("dataset", left.dataset(), "reason", left.reason()))
            .toList());
    fields.put("guarantee", manifest.point().guarantee());
    fields.put("point", manifest.point().token());
    fields.put("started", manifest.started());
    fields.put("finished", manifest.finished());
    fields.put("tags", manifest.tags());
    fields.put("datasets", manifest.totals().datasets());
    fields.put("rows", manifest.totals().rows());
    fields.put("bytes", manifest.totals().bytes());
    fields.put("blocks", manifest.totals().blocks());
    fields.put("new_bytes", manifest.totals().newBytes());
    fields.put("not_carried", manifest.notCarried());
    fields.put("writer", manifest.writer());
    manifest
        .copiedFrom()
        .ifPresent(
            from ->
                fields.put(
                    "copied_from", Map.of("vault", from.vault(), "snapshot", from.snapshot())));
    return fields;
  }

  /** A dataset with its estimate, for scripts. */
  public static Map<String, Object> fields(Dataset dataset) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dataset", dataset.name().toString());
    fields.put("kind", dataset.kind());
    fields.put("rows", dataset.estimate().rows() < 0 ? null : dataset.estimate().rows());
    fields.put("bytes", dataset.estimate().bytes() < 0 ? null : dataset.estimate().bytes());
    return fields;
  }
}
