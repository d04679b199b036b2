package dev.godwit.cli.command;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.SnapshotText;
import dev.godwit.compare.CompareReport;
import dev.godwit.restore.MoveReport;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.transfer.TransferReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a migration came to, told. */
final class MigrateOutcome {
  private MigrateOutcome() {}

  static Outcome of(MoveReport report, Optional<CompareReport> proof, long nanos) {
    TransferReport moved = report.transfer();
    List<String> lines = new ArrayList<>();
    ConsistencyPoint point = moved.point();
    lines.add(
        "moved "
            + report.source().address()
            + " into "
            + moved.load().target()
            + ": "
            + Amounts.count(moved.datasets(), "dataset")
            + ", "
            + Amounts.count(moved.rows(), "row")
            + ", "
            + Amounts.bytes(moved.bytes())
            + ", guarantee "
            + point.guarantee());
    if (moved.rejects() > 0) {
      lines.add(Amounts.count(moved.rejects(), "row") + " refused by the target");
    }
    SnapshotText.notCarried(report.notCarried()).ifPresent(lines::add);
    SnapshotText.guarantee(point).ifPresent(lines::add);
    lines.addAll(MoveText.lines(report));
    lines.addAll(moved.load().notes());
    proof.ifPresent(p -> lines.add(ProofText.line(p, "the source")));
    Duration took = Duration.ofNanos(nanos);
    lines.add("done in " + Amounts.duration(took));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seconds", took.toMillis() / 1000.0);
    fields.put("source", report.source().id());
    fields.put("target", moved.load().target());
    fields.put("datasets", moved.datasets());
    fields.put("rows", moved.rows());
    fields.put("bytes", moved.bytes());
    fields.put("rejects", moved.rejects());
    fields.put("guarantee", point.guarantee());
    fields.put("point", point.token());
    fields.put("not_carried", report.notCarried());
    fields.put("notes", moved.load().notes());
    fields.putAll(MoveText.fields(report));
    proof.ifPresent(p -> fields.put("proof", ProofText.fields(p)));
    boolean differs = proof.isPresent() && !proof.get().same();
    return new Outcome(differs ? ExitCode.DIFFERENT : report.exitCode(), lines, fields);
  }
}
