package dev.godwit.cli.command;

import dev.godwit.backup.BackupReport;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.SnapshotText;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.StoredBlocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a backup came to, told. */
final class BackupOutcome {
  private BackupOutcome() {}

  static Outcome of(List<BackupReport> reports, long nanos) {
    List<String> lines = new ArrayList<>();
    ExitCode exitCode = ExitCode.DONE;
    for (BackupReport report : reports) {
      Manifest manifest = report.manifest();
      lines.add(
          "snapshot "
              + manifest.id()
              + " of "
              + manifest.source().database()
              + ": "
              + Amounts.count(manifest.totals().datasets(), "dataset")
              + ", "
              + Amounts.count(manifest.totals().rows(), "row")
              + ", "
              + Amounts.bytes(manifest.totals().bytes())
              + " read, "
              + Amounts.bytes(manifest.totals().newBytes())
              + " added to the vault, guarantee "
              + manifest.point().guarantee());
      reused(report.stored()).ifPresent(lines::add);
      lines.addAll(SnapshotText.remarks(manifest));
      lines.addAll(NotChosenText.lines(report.without()));
      lines.addAll(report.transfer().load().notes());
      report.proof().ifPresent(proof -> lines.add(ProofText.line(proof, "its source")));
      if (report.exitCode() != ExitCode.DONE) {
        exitCode = report.exitCode();
      }
    }
    Duration took = Duration.ofNanos(nanos);
    lines.add("done in " + Amounts.duration(took));
    return new Outcome(
        exitCode,
        lines,
        Map.of(
            "seconds",
            took.toMillis() / 1000.0,
            "snapshots",
            reports.stream().map(BackupOutcome::fields).toList()));
  }

  /** For the vault's audit. */
  static void tell(List<BackupReport> reports, Trail trail) {
    trail.tell(
        "source", Trail.some(reports.stream().map(r -> r.manifest().source().id()).toList()));
    trail.tell("snapshot", Trail.some(reports.stream().map(r -> r.manifest().id()).toList()));
    trail.count("rows", reports.stream().mapToLong(r -> r.manifest().totals().rows()).sum());
    trail.count("new_bytes", reports.stream().mapToLong(r -> r.stored().newBytes()).sum());
  }

  /** What was found in the vault; nothing where the vault had none of it. */
  private static Optional<String> reused(StoredBlocks stored) {
    return stored.reusedBlocks() == 0
        ? Optional.empty()
        : Optional.of(
            "taken over from earlier runs: "
                + Amounts.count(stored.reusedBlocks(), "block")
                + " of "
                + Amounts.bytes(stored.reusedBytes())
                + "; stored now: "
                + Amounts.count(stored.newBlocks(), "block"));
  }

  private static Map<String, Object> fields(BackupReport report) {
    Map<String, Object> fields = SnapshotText.fields(report.manifest());
    fields.put("new_blocks", report.stored().newBlocks());
    fields.put("reused_blocks", report.stored().reusedBlocks());
    fields.put("reused_bytes", report.stored().reusedBytes());
    fields.put("not_chosen", NotChosenText.fields(report.without()));
    report.proof().ifPresent(proof -> fields.put("proof", ProofText.fields(proof)));
    return fields;
  }
}
