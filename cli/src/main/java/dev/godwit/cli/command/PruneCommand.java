package dev.godwit.cli.command;

import dev.godwit.backup.PruneJob;
import dev.godwit.cli.option.KeepOptions;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.PruneReport;
import dev.godwit.vault.PruneRequest;
import dev.godwit.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit prune}. */
@Command(
    name = "prune",
    header = "Drop old snapshots and give back their space.",
    description = {
      "Drops the snapshots that no rule keeps, and then what no snapshot needs. Rules are applied to"
          + " each source by itself; a snapshot stays if any rule keeps it. The newest complete"
          + " snapshot of a source and scope stays whatever the rules say, and so do pinned ones.",
      "Backups may run meanwhile. What one that is at work may rely on waits for a later prune.",
      "An encrypted vault is pruned with a writer key or with what reads it. A writer key rewrites"
          + " volumes that it wrote itself; an identity or the passphrase rewrites all."
    },
    footer = {
      "  godwit prune /srv/vault --keep-daily 7 --keep-weekly 5 --keep-monthly 12 --dry-run",
      "  godwit prune /srv/vault --keep-within 30d --keep-tag release",
      "  godwit prune sftp://backup@host/srv/vault --keep-last 10 --source shop"
    })
final class PruneCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Mixin private KeepOptions keep;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Drop only snapshots of this source.")
  private String source;

  @Option(
      names = "--rewrite-below",
      paramLabel = "SHARE",
      defaultValue = "50%",
      description =
          "Rewrite volumes of which less is still needed (default: 50%%); 0%% rewrites none.")
  private String rewriteBelow;

  @Option(names = "--dry-run", description = "Only say what would be done, and why.")
  private boolean dryRun;

  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  PruneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    PruneRequest request =
        new PruneRequest(
            keep.rules(), keep.zone(), Optional.ofNullable(source), share(rewriteBelow), dryRun);
    RunView view = output.workView(terminal, "prune");
    Trail trail = dryRun ? Trail.none() : Trail.freeing("prune", terminal);
    return Run.of(
        view,
        1,
        1,
        trail,
        context -> {
          Vault vault = vaultKeys.given(terminal).openToWrite(place, trail, context);
          PruneReport report = new PruneJob(vault, request, context).run();
          tell(report, trail);
          view.close();
          show(report);
          return new Outcome(ExitCode.DONE, List.of(), Map.of());
        });
  }

  /** What is gone can be looked up nowhere else. */
  private static void tell(PruneReport report, Trail trail) {
    List<String> dropped =
        report.snapshots().stream().filter(f -> !f.kept()).map(f -> f.snapshot().id()).toList();
    if (!dropped.isEmpty()) {
      trail.tell("dropped", Trail.some(dropped));
    }
    trail.count("dropped_snapshots", dropped.size());
    trail.count("freed_bytes", report.removed().bytes() + report.rewritten().bytes());
  }

  private static double share(String text) {
    if (!text.matches("[0-9]{1,2}(\\.[0-9]+)?%|100%")) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--rewrite-below '" + text + "' is no share",
          "give a percentage from 0% to 100%, such as 50%");
    }
    return Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
  }

  private void show(PruneReport report) {
    if (output.json()) {
      Json.document(terminal, PruneText.document(report, dryRun));
    } else if (!output.quiet()) {
      if (!report.snapshots().isEmpty()) {
        PruneText.table(report).lines(terminal.tableWidth()).forEach(terminal::println);
      }
      PruneText.lines(report, dryRun).forEach(terminal::println);
    }
  }
}
