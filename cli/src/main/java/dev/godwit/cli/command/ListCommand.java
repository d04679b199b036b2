package dev.godwit.cli.command;

import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.VaultPlaces;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.SnapshotText;
import dev.godwit.cli.screen.Table;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Source;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.Vault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit list}. */
@Command(
    name = "list",
    header = "List the snapshots of a vault.",
    description = "Lists the snapshots, oldest first. ADDED is what the vault grew by.",
    footer = {
      "  godwit list /srv/vault",
      "  godwit list /srv/vault --json | jq -r .snapshots[-1].id"
    })
final class ListCommand implements Callable<Integer> {
  private static final int MOST_SOURCES = 20;

  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Option(names = "--source", paramLabel = "NAME", description = "Only snapshots of this source.")
  private String source;

  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  ListCommand(Terminal terminal) {
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
                  vaultKeys.given(terminal).toWrite(context))) {
            return show(vault);
          }
        });
  }

  /**
   * A snapshot that is listed.
   *
   * @param manifest of it; not with a writer's key alone, which does not read it
   */
  private record Listed(SnapshotHead head, Optional<Manifest> manifest) {
    static List<Listed> of(Vault vault, Consumer<GodwitException> bent) {
      return vault.reads()
          ? vault.snapshots(bent).stream().map(m -> new Listed(m.head(), Optional.of(m))).toList()
          : vault.heads(bent).stream().map(head -> new Listed(head, Optional.empty())).toList();
    }

    Map<String, Object> fields() {
      return manifest.map(SnapshotText::fields).orElseGet(() -> SnapshotText.fields(head));
    }
  }

  /** All, or those of the source that is meant: a misspelt one is not one without a backup. */
  private List<Listed> meant(Vault vault, List<GodwitException> bent) {
    List<Listed> all = Listed.of(vault, bent::add);
    if (source == null) {
      return all;
    }
    Predicate<Source> called = Source.called(source, all.stream().map(s -> s.head().source()));
    List<Listed> meant = all.stream().filter(s -> called.test(s.head().source())).toList();
    if (meant.isEmpty() && !all.isEmpty() && bent.isEmpty()) {
      throw new GodwitException(
          ExitCode.NO_SUCH,
          "the vault holds no snapshot of the source '" + source + "'",
          "sources are "
              + all.stream()
                  .map(s -> s.head().source().id())
                  .distinct()
                  .sorted()
                  .limit(MOST_SOURCES)
                  .collect(Collectors.joining(", ")));
    }
    return meant;
  }

  private Outcome show(Vault vault) {
    List<GodwitException> bent = new ArrayList<>();
    List<Listed> snapshots = meant(vault, bent);
    Set<String> pinned = vault.pins().all();
    if (output.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", "godwit.list/1");
      document.put("vault", vault.id());
      document.put("snapshots", snapshots.stream().map(s -> fields(s, pinned)).toList());
      document.put("damaged", bent.stream().map(GodwitException::getMessage).toList());
      Json.document(terminal, document);
      return outcome(bent);
    }
    if (snapshots.isEmpty() && bent.isEmpty()) {
      return new Outcome(ExitCode.DONE, List.of("no snapshots yet"), Map.of());
    }
    if (!snapshots.isEmpty()) {
      table(snapshots, vault.reads(), pinned)
          .lines(terminal.tableWidth())
          .forEach(terminal::println);
    }
    return outcome(bent);
  }

  /** What is bent hides none of the others: who looks for one to restore needs their ids. */
  private static Outcome outcome(List<GodwitException> bent) {
    if (bent.isEmpty()) {
      return new Outcome(ExitCode.DONE, List.of(), Map.of());
    }
    List<String> lines = new ArrayList<>();
    bent.forEach(e -> lines.add("not listed: " + e.getMessage()));
    bent.get(0).hint().ifPresent(hint -> lines.add("hint: " + hint));
    return new Outcome(ExitCode.DAMAGED, lines, Map.of());
  }

  private static Map<String, Object> fields(Listed snapshot, Set<String> pinned) {
    Map<String, Object> fields = snapshot.fields();
    fields.put("pinned", pinned.contains(snapshot.head().id()));
    return fields;
  }

  /** Tags, pins and sources are shown where there are any to tell apart, amounts to who reads. */
  private static Table table(List<Listed> snapshots, boolean amounts, Set<String> pins) {
    boolean pinned = snapshots.stream().anyMatch(s -> pins.contains(s.head().id()));
    boolean tagged = snapshots.stream().anyMatch(s -> !s.head().tags().isEmpty());
    boolean mixed = snapshots.stream().map(s -> s.head().source().id()).distinct().count() > 1;
    List<Table.Column> columns =
        new ArrayList<>(
            List.of(Table.id("SNAPSHOT"), Table.time("FINISHED"), Table.text("DATABASE")));
    if (amounts) {
      columns.add(Table.number("ROWS"));
      columns.add(Table.number("SIZE"));
      columns.add(Table.number("ADDED"));
    }
    if (tagged) {
      columns.add(Table.text("TAGS"));
    }
    if (pinned) {
      columns.add(Table.text("PINNED"));
    }
    if (mixed) {
      columns.add(Table.text("SOURCE"));
    }
    Table table = new Table(columns.toArray(Table.Column[]::new));
    for (Listed snapshot : snapshots) {
      SnapshotHead head = snapshot.head();
      List<String> row =
          new ArrayList<>(
              List.of(
                  head.id(),
                  Amounts.time(head.finished()),
                  head.source().database() + (head.complete() ? "" : " (not complete)")));
      snapshot.manifest().ifPresent(manifest -> addAmounts(row, manifest.totals()));
      if (tagged) {
        row.add(String.join(",", head.tags()));
      }
      if (pinned) {
        row.add(pins.contains(head.id()) ? "yes" : "");
      }
      if (mixed) {
        row.add(head.source().id());
      }
      table.row(row.toArray(String[]::new));
    }
    return table;
  }

  private static void addAmounts(List<String> row, Manifest.Totals totals) {
    row.add(Amounts.count(totals.rows()));
    row.add(Amounts.bytes(totals.bytes()));
    row.add(Amounts.bytes(totals.newBytes()));
  }
}
