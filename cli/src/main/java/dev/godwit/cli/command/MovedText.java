package dev.godwit.cli.command;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.compare.CompareReport;
import dev.godwit.restore.MoveReport;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.transfer.TransferReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is told of everything that was moved into a store, wherever it came from. */
final class MovedText {
  private MovedText() {}

  /** Such as {@code 2 datasets, 3,500 rows, 175.2 kB}. */
  static String amounts(TransferReport moved) {
    return Amounts.count(moved.datasets(), "dataset")
        + ", "
        + Amounts.count(moved.rows(), "row")
        + ", "
        + Amounts.bytes(moved.bytes());
  }

  /** What an end is called by. */
  record Ending(String provenAgainst, ExitCode exitCode, long nanos) {}

  /**
   * The outcome.
   *
   * @param lines what was moved, for people, and what is to be said of its source
   * @param own what only scripts of this command are told
   */
  static Outcome outcome(
      MoveReport report,
      List<String> lines,
      Map<String, Object> own,
      Optional<CompareReport> proof,
      Ending ending) {
    TransferReport moved = report.transfer();
    List<String> all = new ArrayList<>(lines);
    if (moved.rejects() > 0) {
      all.add(Amounts.count(moved.rejects(), "row") + " refused by the target");
    }
    all.addAll(NotMadeText.lines(moved));
    all.addAll(MoveText.lines(report));
    all.addAll(moved.load().notes());
    proof.ifPresent(p -> all.add(ProofText.line(p, ending.provenAgainst())));
    Duration took = Duration.ofNanos(ending.nanos());
    all.add("done in " + Amounts.duration(took));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seconds", took.toMillis() / 1000.0);
    fields.putAll(own);
    fields.put("target", moved.load().target());
    fields.put("datasets", moved.datasets());
    fields.put("rows", moved.rows());
    fields.put("bytes", moved.bytes());
    fields.put("rejects", moved.rejects());
    fields.put("notes", moved.load().notes());
    fields.putAll(NotMadeText.fields(moved));
    fields.putAll(MoveText.fields(report));
    proof.ifPresent(p -> fields.put("proof", ProofText.fields(p)));
    boolean differs = proof.isPresent() && !proof.get().same();
    return new Outcome(differs ? ExitCode.DIFFERENT : ending.exitCode(), all, fields);
  }
}
