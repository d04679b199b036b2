package dev.godwit.cli.command;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.repair.Finding;
import dev.godwit.vault.repair.RepairPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a repair found and did, told. */
final class RepairOutcome {
  private final RepairPlan plan;
  private final RepairPlan.BentIndex index;
  private final List<String> bundles;
  private final boolean dryRun;
  private final boolean readData;

  /** With what was, or would be, done to the index and to bundles without asking. */
  RepairOutcome(
      RepairPlan plan,
      RepairPlan.BentIndex index,
      List<String> bundles,
      boolean dryRun,
      boolean readData) {
    this.plan = plan;
    this.readData = readData;
    this.index = index;
    this.bundles = bundles;
    this.dryRun = dryRun;
  }

  /** What is wrong, and what is or would be done. */
  List<String> planned() {
    List<String> lines = new ArrayList<>();
    for (Finding finding : plan.findings()) {
      if (finding instanceof Finding.Gone gone) {
        lines.add("snapshot " + gone.id() + ": gone, to be taken out: " + gone.why());
      } else if (finding instanceof Finding.Mended mended) {
        add(lines, mended);
      } else if (finding instanceof Finding.Replaced replaced) {
        lines.add(
            "snapshot "
                + replaced.id()
                + ": was mended before, as "
                + replaced.by()
                + "; to be taken out");
      }
    }
    plan.volumes()
        .forEach(
            file ->
                lines.add(
                    file.path()
                        + ": "
                        + file.what()
                        + "; to be removed, what is whole in it is kept"));
    plan.lists().forEach(path -> lines.add(path + ": is bent; to be removed"));
    return lines;
  }

  private static void add(List<String> lines, Finding.Mended mended) {
    if (mended.isWhole()) {
      lines.add("snapshot " + mended.id() + ": its blocks get other places, nothing is lost");
      return;
    }
    mended
        .lost()
        .forEach(
            (name, why) -> lines.add("snapshot " + mended.id() + ": " + name + " is lost: " + why));
    mended
        .definitionsLost()
        .forEach(
            why -> lines.add("snapshot " + mended.id() + ": its definitions are lost: " + why));
  }

  /** What is mended without asking, for nothing can be lost by it. */
  private List<String> unasked() {
    List<String> lines = new ArrayList<>();
    indexed().ifPresent(lines::add);
    if (!index.ofOthers().isEmpty()) {
      lines.add(
          Amounts.count(index.ofOthers().size(), "volume")
              + " of other writers, or of no snapshot, that the index does not name: the next backup"
              + " of whose they are adds them");
    }
    if (!bundles.isEmpty()) {
      lines.add(
          Amounts.count(bundles.size(), "bent bundle")
              + " of manifests "
              + were(bundles)
              + " removed; a later backup makes another");
    }
    return lines;
  }

  /** What is another vault's may be as whole as it was, and nobody knows it here. */
  private List<String> foreign() {
    return plan.foreign().isEmpty()
        ? List.of()
        : List.of(
            Amounts.count(plan.foreign().size(), "file")
                + " of another vault "
                + (plan.foreign().size() == 1 ? "stays" : "stay")
                + ", such as "
                + plan.foreign().get(0)
                + ": two vaults were copied into one folder; a copy of it with the vault.json of"
                + " the other is that other vault, out of which 'godwit copy --all' takes it");
  }

  private Optional<String> indexed() {
    List<String> segments = index.segments();
    List<String> uncovered = index.uncovered();
    if (!segments.isEmpty()) {
      return Optional.of(
          Amounts.count(segments.size(), "segment")
              + " of the index "
              + were(segments)
              + " made anew from the volumes");
    }
    if (!uncovered.isEmpty()) {
      return Optional.of(
          Amounts.count(uncovered.size(), "volume")
              + " that the index did not name "
              + were(uncovered)
              + " added to it");
    }
    return index.ofOthers().isEmpty() ? Optional.of("the index is sound") : Optional.empty();
  }

  private String were(List<String> files) {
    return dryRun ? "would be" : files.size() == 1 ? "was" : "were";
  }

  /** Nothing was wrong, or nothing was to be done. */
  Outcome untouched() {
    List<String> lines = new ArrayList<>(planned());
    lines.addAll(unasked());
    lines.addAll(foreign());
    lines.add(
        plan.isNeeded()
            ? "nothing was changed"
            : readData
                ? "no snapshot is damaged"
                : "no snapshot is damaged; the data itself was not read (--read-data)");
    boolean wrong =
        plan.isNeeded()
            || !plan.foreign().isEmpty()
            || (dryRun && !(index.segments().isEmpty() && bundles.isEmpty()));
    return outcome(wrong ? ExitCode.DAMAGED : ExitCode.DONE, lines);
  }

  /** A writer key mends no more than the index. */
  Outcome unread() {
    List<String> lines = new ArrayList<>();
    for (Finding finding : plan.findings()) {
      if (finding instanceof Finding.Unread unread) {
        lines.add("snapshot " + unread.id() + " is damaged: " + unread.why());
      }
    }
    plan.volumes().forEach(file -> lines.add(file.path() + ": " + file.what()));
    plan.lists().forEach(path -> lines.add(path + ": is bent"));
    lines.addAll(unasked());
    lines.addAll(foreign());
    lines.add(
        "nothing else was changed: what a writer key cannot read it cannot mend; give --identity"
            + " or the passphrase");
    return outcome(ExitCode.DAMAGED, lines);
  }

  /** Nobody said yes. */
  Outcome refused() {
    List<String> lines = unasked();
    lines.addAll(foreign());
    lines.add("no snapshot was changed; 'godwit repair --yes' does it without asking");
    return outcome(ExitCode.DAMAGED, lines);
  }

  /** It was done. */
  Outcome done(List<Manifest> made) {
    List<String> lines = new ArrayList<>();
    lines.addAll(unasked());
    made.forEach(
        manifest ->
            lines.add(
                "snapshot of "
                    + manifest.source().database()
                    + " from "
                    + Amounts.time(manifest.finished())
                    + " is now "
                    + manifest.id()
                    + (manifest.complete() ? "" : " (not complete)")));
    lines.addAll(foreign());
    lines.add(plan.losesData() ? "mended, without what was lost" : "mended, and nothing was lost");
    ExitCode whole = plan.foreign().isEmpty() ? ExitCode.DONE : ExitCode.DAMAGED;
    return outcome(plan.losesData() ? ExitCode.NOT_WHOLE : whole, lines);
  }

  private Outcome outcome(ExitCode code, List<String> lines) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("loses_data", plan.losesData());
    fields.put("findings", planned());
    fields.put("foreign", plan.foreign());
    fields.put("segments", index.segments());
    fields.put("unindexed", index.uncovered());
    fields.put("unindexed_of_others", index.ofOthers());
    fields.put("bundles", bundles);
    return new Outcome(code, lines, fields);
  }
}
