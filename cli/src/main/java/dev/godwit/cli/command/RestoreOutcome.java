package dev.godwit.cli.command;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.SnapshotText;
import dev.godwit.compare.CompareReport;
import dev.godwit.restore.MoveReport;
import dev.godwit.restore.RestoreReport;
import dev.godwit.transfer.TransferReport;
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
            + MovedText.amounts(moved));
    if (moved.skippedPartitions() > 0) {
      lines.add(
          Amounts.count(moved.skippedPartitions(), "partition")
              + " had been loaded by an earlier run");
    }
    lines.addAll(SnapshotText.remarks(report.manifest()));
    if (!all.notCarried().equals(report.manifest().notCarried())) {
      SnapshotText.notCarried(all.notCarried()).ifPresent(lines::add);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("snapshot", report.manifest().id());
    fields.put("skipped_partitions", moved.skippedPartitions());
    fields.put("whole", report.whole());
    fields.put("not_carried", all.notCarried());
    return MovedText.outcome(
        all, lines, fields, proof, new MovedText.Ending("the snapshot", report.exitCode(), nanos));
  }
}
