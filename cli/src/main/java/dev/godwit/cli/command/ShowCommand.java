package dev.godwit.cli.command;

import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.SnapshotOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.VaultPlaces;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.SnapshotText;
import dev.godwit.cli.screen.Table;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code godwit show}. */
@Command(
    name = "show",
    header = "Show what a snapshot holds, or the columns of one of its datasets.",
    footer = {
      "  godwit show /srv/vault",
      "  godwit show /srv/vault --snapshot 3f2a",
      "  godwit show /srv/vault public.orders"
    })
final class ShowCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATASET",
      description = "The dataset whose columns to show, such as orders or public.orders.")
  private String dataset;

  @Mixin private SnapshotOptions snapshot;
  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return Run.of(
        output.questionView(terminal),
        1,
        context -> {
          try (Vault vault =
              Vault.open(
                  VaultPlaces.open(place, terminal, context),
                  vaultKeys.given(terminal).toRead(context))) {
            Manifest manifest = vault.find(snapshot.choice());
            try (ExtractRun run = vault.read(manifest, context)) {
              if (dataset == null) {
                showSnapshot(manifest, vault.pins().all().contains(manifest.id()), run);
              } else {
                ColumnsText.show(OneDataset.of(run, manifest, dataset), terminal, output.json());
              }
            }
            return new Outcome(ExitCode.DONE, List.of(), Map.of());
          }
        });
  }

  private void showSnapshot(Manifest manifest, boolean pinned, ExtractRun run) {
    try (Stream<Dataset> datasets = run.catalogue().datasets()) {
      if (output.json()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", "godwit.show/1");
        Map<String, Object> fields = SnapshotText.fields(manifest);
        fields.put("pinned", pinned);
        document.put("snapshot", fields);
        document.put("datasets", datasets.map(SnapshotText::fields).toList());
        Json.document(terminal, document);
        return;
      }
      heading(manifest, pinned).forEach(terminal::println);
      Table table =
          new Table(
              Table.text("DATASET"),
              Table.text("KIND"),
              Table.number("ROWS"),
              Table.number("SIZE"));
      datasets.forEach(
          d ->
              table.row(
                  d.name().toString(),
                  d.kind(),
                  Amounts.count(d.estimate().rows()),
                  Amounts.bytes(d.estimate().bytes())));
      table.lines(terminal.tableWidth()).forEach(terminal::println);
    }
  }

  private static List<String> heading(Manifest manifest, boolean pinned) {
    Stream<String> lines =
        Stream.of(
            "snapshot    " + manifest.id(),
            "source      " + manifest.source().id(),
            "database    " + manifest.source().database() + " at " + manifest.source().address(),
            "server      " + manifest.origin().engine() + " " + manifest.origin().version(),
            "read        "
                + Amounts.time(manifest.started())
                + " to "
                + Amounts.time(manifest.finished()),
            "shows       "
                + manifest.point().guarantee()
                + (manifest.point().token().isEmpty() ? "" : " " + manifest.point().token()),
            "scope       " + (manifest.scope().isEmpty() ? "everything" : manifest.scope()),
            "tags        " + (manifest.tags().isEmpty() ? "-" : String.join(", ", manifest.tags())),
            "size        "
                + Amounts.bytes(manifest.totals().bytes())
                + " in "
                + Amounts.count(manifest.totals().blocks(), "block")
                + ", "
                + Amounts.bytes(manifest.totals().newBytes())
                + " added to the vault",
            "written by  " + manifest.writer());
    Stream<String> pin = pinned ? Stream.of("pinned      yes") : Stream.empty();
    return Stream.of(lines, pin, SnapshotText.remarks(manifest).stream(), Stream.of(""))
        .flatMap(s -> s)
        .toList();
  }
}
