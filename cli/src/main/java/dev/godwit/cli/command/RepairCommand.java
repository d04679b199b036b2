package dev.godwit.cli.command;

import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.Consent;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;
import dev.godwit.vault.repair.RepairPlan;
import dev.godwit.vault.repair.VaultRepair;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit repair}. */
@Command(
    name = "repair",
    header = "Mend a damaged vault.",
    description =
        "Makes the index anew from the volumes, takes whole blocks out of bent volumes, and finds"
            + " blocks that are lost in one place in others. What is gone for good is named, and"
            + " taken out only after asking: a snapshot that lost some datasets keeps the others"
            + " and is not complete from then on. A backup that runs first brings back what the"
            + " database still has. Of an encrypted vault a writer key mends the index only, and says"
            + " what else is damaged; the rest takes --identity or the passphrase. Ends with 3 where something was lost, with 13 where nothing was"
            + " done about it.",
    footer = {
      "  godwit repair --dry-run /srv/vault",
      "  godwit repair --read-data --yes /srv/vault"
    })
final class RepairCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Option(
      names = "--read-data",
      description = "Read every byte, so that bent blocks are found too.")
  private boolean readData;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Only say what is wrong and what would be done.")
  private boolean dryRun;

  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  RepairCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunView view = output.runView(terminal, "repair");
    Trail trail = dryRun ? Trail.none() : Trail.changing("repair", terminal);
    return Run.of(view, 1, 1, trail, context -> run(trail, context, view));
  }

  private Outcome run(Trail trail, PluginContext context, RunView view) {
    Vault vault = vaultKeys.given(terminal).openToWrite(place, trail, context);
    try (VaultRepair repair = vault.repair(readData, dryRun, context, view::worked)) {
      Optional<RepairPlan.BentIndex> rebuilt =
          dryRun ? Optional.empty() : Optional.of(repair.rebuildIndex());
      List<String> removed = dryRun ? List.of() : repair.removeBentBundles();
      RepairPlan plan = repair.plan();
      RepairPlan.BentIndex index = rebuilt.orElse(plan.index());
      List<String> bundles = dryRun ? plan.bundles() : removed;
      RepairOutcome outcome = new RepairOutcome(plan, index, bundles, dryRun, readData);
      if (plan.isNeeded() && !vault.reads()) {
        return outcome.unread();
      }
      if (!plan.isNeeded() || dryRun) {
        return outcome.untouched();
      }
      outcome.planned().forEach(view::note);
      if (!yes && !Consent.given("Do this?", terminal, context.cancellation())) {
        return outcome.refused();
      }
      List<Manifest> made = repair.mend(plan);
      return outcome.done(made);
    }
  }
}
