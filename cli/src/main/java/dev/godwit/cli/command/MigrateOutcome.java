package dev.godwit.cli.command;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.screen.SnapshotText;
import dev.godwit.compare.CompareReport;
import dev.godwit.restore.MoveReport;
import dev.godwit.spi.extract.ConsistencyPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a migration came to, told. */
final class MigrateOutcome {
  private MigrateOutcome() {}

  static Outcome of(MoveReport report, Optional<CompareReport> proof, long nanos) {
    List<String> lines = new ArrayList<>();
    ConsistencyPoint point = report.transfer().point();
    lines.add(
        "moved "
            + report.source().address()
            + " into "
            + report.transfer().load().target()
            + ": "
            + MovedText.amounts(report.transfer())
            + ", guarantee "
            + point.guarantee());
    SnapshotText.notCarried(report.notCarried()).ifPresent(lines::add);
    SnapshotText.guarantee(point).ifPresent(lines::add);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("source", report.source().id());
    fields.put("guarantee", point.guarantee());
    fields.put("point", point.token());
    fields.put("not_carried", report.notCarried());
    return MovedText.outcome(
        report, lines, fields, proof, new MovedText.Ending("the source", report.exitCode(), nanos));
  }
}
