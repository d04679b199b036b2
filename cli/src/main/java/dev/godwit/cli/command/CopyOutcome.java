package dev.godwit.cli.command;

import dev.godwit.backup.CopyJob;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.Printable;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.carry.CopyStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a copy came to, or would, told. */
final class CopyOutcome {
  private CopyOutcome() {}

  /** The uncompressed bytes of all that is to be copied. */
  static long bytes(List<CopyStep> steps) {
    long bytes = 0;
    for (CopyStep step : steps) {
      if (step instanceof CopyStep.ToCopy copy) {
        bytes += copy.manifest().totals().bytes();
      }
    }
    return bytes;
  }

  /** What would be done, as data. */
  static Outcome preview(List<CopyStep> steps, Terminal terminal, boolean json) {
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", "godwit.copy/1");
      document.put("snapshots", steps.stream().map(CopyOutcome::fields).toList());
      Json.document(terminal, document);
    } else {
      steps.forEach(step -> terminal.println(Printable.line(line(step))));
      if (steps.isEmpty()) {
        terminal.println("no snapshots yet");
      }
    }
    return new Outcome(CopyJob.exitCode(steps), List.of(), Map.of());
  }

  /**
   * Done.
   *
   * @param opened whether what was encrypted is not in the copy
   */
  static Outcome of(List<CopyStep> settled, boolean opened, long nanos) {
    List<String> lines = new ArrayList<>(settled.stream().map(CopyOutcome::line).toList());
    long copied = settled.stream().filter(step -> step instanceof CopyStep.Copied).count();
    Duration took = Duration.ofNanos(nanos);
    lines.add(
        (copied == 0 ? "nothing copied" : Amounts.count(copied, "snapshot") + " copied")
            + " in "
            + Amounts.duration(took));
    if (opened && copied > 0) {
      lines.add("what was copied is not encrypted there");
    }
    return new Outcome(
        CopyJob.exitCode(settled),
        lines,
        Map.of(
            "seconds",
            took.toMillis() / 1000.0,
            "snapshots",
            settled.stream().map(CopyOutcome::fields).toList()));
  }

  private static String line(CopyStep step) {
    if (step instanceof CopyStep.Copied copied) {
      return "snapshot "
          + step.id()
          + described(copied.manifest())
          + ": copied as "
          + copied.made().id()
          + ", "
          + Amounts.bytes(copied.made().totals().newBytes())
          + " of "
          + Amounts.bytes(copied.manifest().totals().bytes())
          + " added to the vault";
    } else if (step instanceof CopyStep.There there) {
      return "snapshot "
          + step.id()
          + described(there.manifest())
          + ": is there already, as "
          + there.there();
    } else if (step instanceof CopyStep.Damaged damaged) {
      return "snapshot " + step.id() + ": not copied, " + damaged.what();
    } else if (step instanceof CopyStep.Dropped dropped) {
      return "snapshot "
          + step.id()
          + described(dropped.manifest())
          + ": not copied, it was dropped from the vault meanwhile";
    }
    Manifest manifest = ((CopyStep.ToCopy) step).manifest();
    return "snapshot "
        + step.id()
        + described(manifest)
        + ": would be copied, "
        + Amounts.bytes(manifest.totals().bytes())
        + " less what is there";
  }

  private static String described(Manifest manifest) {
    return " of "
        + manifest.source().database()
        + " from "
        + Amounts.time(manifest.finished())
        + (manifest.complete() ? "" : " (not complete)");
  }

  /** One snapshot, for scripts. */
  static Map<String, Object> fields(CopyStep step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", step.id());
    if (step instanceof CopyStep.Copied copied) {
      fields.put("result", "copied");
      fields.put("copy", copied.made().id());
      fields.put("new_bytes", copied.made().totals().newBytes());
    } else if (step instanceof CopyStep.There there) {
      fields.put("result", "there");
      fields.put("copy", there.there());
    } else if (step instanceof CopyStep.Damaged damaged) {
      fields.put("result", "damaged");
      fields.put("what", damaged.what());
    } else if (step instanceof CopyStep.Dropped) {
      fields.put("result", "dropped");
    } else {
      fields.put("result", "to copy");
    }
    return fields;
  }
}
