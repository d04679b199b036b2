package dev.godwit.cli.command;

import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Printable;
import dev.godwit.cli.screen.Table;
import dev.godwit.vault.PruneReport;
import dev.godwit.vault.PruneReport.Fate;
import dev.godwit.vault.PruneReport.Retained;
import dev.godwit.vault.PruneReport.Space;
import dev.godwit.vault.SnapshotHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a prune came to, for people and for scripts. */
final class PruneText {
  private PruneText() {}

  /** Each snapshot, what becomes of it, and why. */
  static Table table(PruneReport report) {
    Table table =
        new Table(
            Table.id("SNAPSHOT"),
            Table.time("FINISHED"),
            Table.text("DATABASE"),
            Table.text("FATE"),
            Table.text("WHY"));
    for (Fate fate : report.snapshots()) {
      SnapshotHead snapshot = fate.snapshot();
      table.row(
          snapshot.id(),
          Amounts.time(snapshot.finished()),
          snapshot.source().database(),
          fate.kept() ? "keep" : "drop",
          String.join(", ", fate.reasons()));
    }
    return table;
  }

  /** What was given back, what waits and for whom, and what may not be removed. */
  static List<String> lines(PruneReport report, boolean dryRun) {
    List<String> lines = new ArrayList<>();
    long dropped = report.snapshots().stream().filter(fate -> !fate.kept()).count();
    lines.add(
        (dryRun ? "would drop " : "dropped ")
            + Amounts.count(dropped, "snapshot")
            + " of "
            + Amounts.count(report.snapshots().size())
            + "; "
            + (dryRun ? "would give back " : "gave back ")
            + Amounts.bytes(report.removed().bytes() + report.rewritten().bytes())
            + ": "
            + Amounts.count(report.removed().files(), "file")
            + " removed"
            + (report.rewritten().files() == 0
                ? ""
                : ", " + Amounts.count(report.rewritten().files(), "volume") + " rewritten"));
    if (report.waiting().files() > 0) {
      lines.add(
          Amounts.bytes(report.waiting().bytes())
              + " in "
              + Amounts.count(report.waiting().files(), "file")
              + " wait for a later prune:");
      report.waitsFor().forEach(who -> lines.add("  " + who + " is at work"));
      lines.addAll(rests(report));
    }
    for (Retained retained : report.retained()) {
      lines.add(
          Amounts.count(retained.files(), "file")
              + " of "
              + retained.kind()
              + '/'
              + " ("
              + Amounts.bytes(retained.bytes())
              + ") "
              + retained
                  .until()
                  .map(until -> "retained until " + Amounts.time(until))
                  .orElse("may not be deleted here"));
    }
    report.remarks().forEach(remark -> lines.add("remark: " + remark));
    return lines.stream().map(Printable::line).toList();
  }

  /** Why space comes back later where the storage's lists lag, and when. */
  private static List<String> rests(PruneReport report) {
    List<String> lines = new ArrayList<>();
    report
        .restsUntil()
        .ifPresent(
            until ->
                lines.add(
                    "  the storage's lists may lag: a prune from "
                        + from(until)
                        + " on gives it back"));
    report
        .marksFrom()
        .ifPresent(
            from ->
                lines.add(
                    "  the storage's lists may lag: what no prune has marked yet is marked by one from "
                        + from(from)
                        + " on, and given back by a later one"));
    if (!lines.isEmpty()) {
      lines.add("  'list-lag=0' in the vault's address says that they never do");
    }
    return lines;
  }

  /** To the second, and never too early. */
  private static String from(Instant instant) {
    return Amounts.time(instant.plus(Duration.ofSeconds(1).minusNanos(1)));
  }

  /** All of it, for scripts. */
  static Map<String, Object> document(PruneReport report, boolean dryRun) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", "godwit.prune/1");
    document.put("dry_run", dryRun);
    document.put("snapshots", report.snapshots().stream().map(PruneText::fields).toList());
    document.put("removed", fields(report.removed()));
    document.put("rewritten", fields(report.rewritten()));
    document.put("waiting", fields(report.waiting()));
    document.put("waits_for", report.waitsFor());
    document.put("rests_until", report.restsUntil().orElse(null));
    document.put("marks_from", report.marksFrom().orElse(null));
    document.put("retained", report.retained().stream().map(PruneText::fields).toList());
    document.put("remarks", report.remarks());
    return document;
  }

  private static Map<String, Object> fields(Fate fate) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", fate.snapshot().id());
    fields.put("source", fate.snapshot().source().id());
    fields.put("scope", fate.snapshot().scope());
    fields.put("finished", fate.snapshot().finished());
    fields.put("complete", fate.snapshot().complete());
    fields.put("tags", fate.snapshot().tags());
    fields.put("kept", fate.kept());
    fields.put("reasons", fate.reasons());
    return fields;
  }

  private static Map<String, Object> fields(Space space) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("files", space.files());
    fields.put("bytes", space.bytes());
    return fields;
  }

  private static Map<String, Object> fields(Retained retained) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", retained.kind());
    fields.put("files", retained.files());
    fields.put("bytes", retained.bytes());
    fields.put("until", retained.until().orElse(null));
    return fields;
  }
}
