package dev.godwit.cli.command;

import dev.godwit.cli.option.JobsOption;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.ReadDataOption;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.GivenKeys;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.run.VaultPlaces;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.Printable;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.CheckReport;
import dev.godwit.vault.Vault;
import dev.godwit.vault.check.DataShare;
import dev.godwit.vault.key.KeyRing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code godwit check}. */
@Command(
    name = "check",
    header = "Look for damage in a vault.",
    description =
        "Looks at every file's structure and at all that snapshots refer to; with --read-data also"
            + " at every byte, or at a part that is another one each day. Ends with 13 where something is damaged, and names the datasets that"
            + " cannot be read for it.",
    footer = {
      "  godwit check /srv/vault",
      "  godwit check --read-data /srv/vault",
      "  godwit check --read-data=5%% 's3://bucket/shop?region=eu-central-1'"
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Mixin private ReadDataOption readData;

  @Mixin private JobsOption jobs;
  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    DataShare share = readData.share();
    int workers = jobs.jobs(terminal);
    RunView view = output.workView(terminal, "check");
    Trail trail = Trail.reading("check", terminal);
    trail.tell(
        "read", share.isNone() ? "structure" : share.isAll() ? "all data" : "a part of the data");
    return Run.of(
        view,
        workers,
        1,
        trail,
        context -> {
          Vault vault =
              trail.opened(
                  Vault.open(VaultPlaces.open(place, terminal, context), ring(share, context)),
                  context);
          CheckReport report = vault.check(share, context, view::worked);
          trail.count("damages", report.damages().size());
          trail.count("snapshots", report.snapshots());
          // The bar is on the same screen as the answer.
          view.close();
          show(report, share);
          ExitCode code = report.damages().isEmpty() ? ExitCode.DONE : ExitCode.DAMAGED;
          return new Outcome(code, List.of(), Map.of());
        });
  }

  /** Structure is told by a writer's key; what stands in the blocks is not. */
  private KeyRing ring(DataShare share, PluginContext context) {
    GivenKeys given = vaultKeys.given(terminal);
    return !share.isNone() ? given.toRead(context) : given.toWrite(context);
  }

  private void show(CheckReport report, DataShare share) {
    if (output.json()) {
      Json.document(terminal, document(report, share));
      return;
    }
    if (output.quiet() && report.damages().isEmpty()) {
      return;
    }
    for (CheckReport.Damage damage : report.damages()) {
      terminal.println(Printable.line("damaged: " + damage.file() + ": " + damage.what()));
      damage.hits().forEach(hit -> terminal.println(Printable.line("  lost: " + hit)));
    }
    report.remarks().forEach(remark -> terminal.println(Printable.line("remark: " + remark)));
    terminal.println(
        (report.damages().isEmpty()
                ? "whole: "
                : Amounts.count(report.damages().size(), "damage") + ": ")
            + Amounts.count(report.snapshots(), "snapshot")
            + ", "
            + Amounts.count(report.volumes(), "volume")
            + ", "
            + Amounts.count(report.blocks(), "block")
            + read(report, share));
  }

  private static String read(CheckReport report, DataShare share) {
    if (share.isNone()) {
      return "; the data itself was not read (--read-data)";
    }
    String bytes = Amounts.bytes(report.bytesRead()) + " read and verified";
    return share
        .turn()
        .map(
            turn ->
                "; "
                    + bytes
                    + ", the data of "
                    + Amounts.count(report.volumesRead(), "volume")
                    + ": "
                    + turn
                    + ", another day reads another")
        .orElse(", " + bytes);
  }

  private static Map<String, Object> document(CheckReport report, DataShare share) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", "godwit.check/1");
    document.put("whole", report.damages().isEmpty());
    document.put("snapshots", report.snapshots());
    document.put("volumes", report.volumes());
    document.put("blocks", report.blocks());
    document.put("volumes_read", report.volumesRead());
    document.put("bytes_read", report.bytesRead());
    document.put("blocks_unproven", report.blocksUnproven());
    share.turn().ifPresent(turn -> document.put("turn", turn));
    document.put(
        "damages",
        report.damages().stream()
            .map(d -> Map.of("file", d.file(), "what", d.what(), "hits", d.hits()))
            .toList());
    document.put("remarks", report.remarks());
    return document;
  }
}
