package dev.godwit.cli.command;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.SnapshotText;
import dev.godwit.compare.CompareReport;
import dev.godwit.restore.MoveReport;
import dev.godwit.restore.RestoreReport;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.transfer.TransferReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a restore came to, told. */
final class RestoreOutcome {
  private RestoreOutcome() {}

  static Outcome of(
      RestoreReport report, MoveReport all, Optional<CompareReport> proof, long nanos) {
    TransferReport moved = report.transfer();
    List<String> lines = new ArrayList<>();
    lines.add(
        "restored snapshot "
            + report.manifest().id()
            + " into "
            + moved.load().target()
            + ": "
            + Amounts.count(moved.datasets(), "dataset")
            + ", "
            + Amounts.count(moved.rows(), "row")
            + ", "
            + Amounts.bytes(moved.bytes()));
    if (moved.skippedPartitions() > 0) {
      lines.add(
          Amounts.count(moved.skippedPartitions(), "partition")
              + " had been loaded by an earlier run");
    }
    if (moved.rejects() > 0) {
      lines.add(Amounts.count(moved.rejects(), "row") + " refused by the target");
    }
    lines.addAll(SnapshotText.remarks(report.manifest()));
    lines.addAll(MoveText.lines(all));
    lines.addAll(moved.load().notes());
    proof.ifPresent(p -> lines.add(ProofText.line(p, "the snapshot")));
    Duration took = Duration.ofNanos(nanos);
    lines.add("done in " + Amounts.duration(took));
    Map<String, Object> fields = fields(report, took);
    fields.putAll(MoveText.fields(all));
    proof.ifPresent(p -> fields.put("proof", ProofText.fields(p)));
    boolean failed = proof.isPresent() && !proof.get().same();
    return new Outcome(failed ? ExitCode.DIFFERENT : report.exitCode(), lines, fields);
  }

  private static Map<String, Object> fields(RestoreReport report, Duration took) {
    TransferReport moved = report.transfer();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seconds", took.toMillis() / 1000.0);
    fields.put("snapshot", report.manifest().id());
    fields.put("target", moved.load().target());
    fields.put("datasets", moved.datasets());
    fields.put("rows", moved.rows());
    fields.put("bytes", moved.bytes());
    fields.put("rejects", moved.rejects());
    fields.put("skipped_partitions", moved.skippedPartitions());
    fields.put("whole", report.whole());
    fields.put("not_carried", report.manifest().notCarried());
    fields.put("notes", moved.load().notes());
    return fields;
  }
}
