package dev.godwit.cli.command;

import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.VaultPlaces;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.Printable;
import dev.godwit.cli.screen.Table;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Vault;
import dev.godwit.vault.audit.AuditName;
import dev.godwit.vault.audit.AuditRecord;
import dev.godwit.vault.audit.AuditReport;
import dev.godwit.vault.audit.SeenHeads;
import dev.godwit.vault.file.UserFolders;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code godwit audit}. */
@Command(
    name = "audit",
    header = "Show who did what with a vault, and prove that nothing is missing.",
    description = {
      "Shows every operation that changed or read the vault's data, oldest first. One that was"
          + " killed shows as not ended. Ends with 13 where a record is missing or altered, and"
          + " names it.",
      "Each record names the newest records of all writers, so one that is missing is found as long"
          + " as a later one is there; and this machine remembers the newest that it has seen."
    },
    footer = {"  godwit audit /srv/vault", "  godwit audit /srv/vault --json | jq -c .records[]"})
final class AuditCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  AuditCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return Run.of(output.questionView(terminal), 1, this::show);
  }

  private Outcome show(PluginContext context) {
    try (Vault vault =
        Vault.open(
            VaultPlaces.open(place, terminal, context),
            vaultKeys.given(terminal).toWrite(context))) {
      Optional<SeenHeads> seen =
          UserFolders.state(terminal.environment())
              .map(f -> new SeenHeads(f, vault.id(), vault.display()));
      AuditReport report = vault.audit().read(remembered(seen, context));
      if (output.json()) {
        Json.document(terminal, document(vault, report));
      } else {
        text(report);
      }
      boolean whole = report.damages().isEmpty();
      return new Outcome(whole ? ExitCode.DONE : ExitCode.DAMAGED, notes(report), Map.of());
    }
  }

  private static List<AuditName> remembered(Optional<SeenHeads> seen, PluginContext context) {
    try {
      return seen.isPresent() ? seen.get().names() : List.of();
    } catch (IOException e) {
      context
          .warnings()
          .accept("what this machine has seen of the audit cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  private List<String> notes(AuditReport report) {
    boolean none = report.entries().isEmpty() && report.damages().isEmpty() && !output.json();
    return none ? List.of("no records yet") : List.of();
  }

  private void text(AuditReport report) {
    if (!report.entries().isEmpty()) {
      table(report.entries()).lines(terminal.tableWidth()).forEach(terminal::println);
    }
    report
        .damages()
        .forEach(d -> terminal.println(Printable.line("damaged: " + d.file() + ' ' + d.what())));
  }

  /** One line for each operation: its end stands in the line of its beginning. */
  private static Table table(List<AuditReport.Entry> entries) {
    Map<String, AuditRecord> ends = new HashMap<>();
    Map<String, AuditRecord> begun = new HashMap<>();
    for (AuditReport.Entry entry : entries) {
      if (entry.record().begun() != null) {
        ends.put(entry.record().begun(), entry.record());
      } else {
        begun.put(entry.name().toString(), entry.record());
      }
    }
    Table table =
        new Table(
            Table.time("BEGUN"),
            Table.text("OPERATION"),
            Table.text("RESULT"),
            Table.text("WHO"),
            Table.text("WHAT"));
    for (AuditReport.Entry entry : entries) {
      AuditRecord record = entry.record();
      if (record.begun() == null || !begun.containsKey(record.begun())) {
        AuditRecord last = ends.getOrDefault(entry.name().toString(), record);
        table.row(
            Amounts.time(Instant.parse(record.time())),
            record.operation(),
            result(last.exit()),
            record.who().user() + '@' + record.who().host(),
            what(last));
      }
    }
    return table;
  }

  private static String result(Integer exit) {
    return exit == null ? "not ended" : exit == 0 ? "done" : "exit " + exit;
  }

  private static String what(AuditRecord record) {
    return Stream.concat(
            record.what().entrySet().stream().map(e -> e.getKey() + ' ' + e.getValue()),
            record.counts().entrySet().stream()
                .map(e -> counted(e.getValue(), e.getKey().replace('_', ' '))))
        .collect(Collectors.joining(", "));
  }

  /** What is counted is named in the plural: {@code rows}, {@code new bytes}. */
  private static String counted(long count, String what) {
    return what.endsWith("s")
        ? Amounts.count(count, what.substring(0, what.length() - 1))
        : Amounts.count(count) + ' ' + what;
  }

  private static Map<String, Object> document(Vault vault, AuditReport report) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", "godwit.audit/1");
    document.put("vault", vault.id());
    document.put("whole", report.damages().isEmpty());
    document.put("records", report.entries().stream().map(AuditCommand::fields).toList());
    document.put(
        "damages",
        report.damages().stream().map(d -> Map.of("file", d.file(), "what", d.what())).toList());
    return document;
  }

  private static Map<String, Object> fields(AuditReport.Entry entry) {
    AuditRecord record = entry.record();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("record", entry.name().toString());
    fields.put("time", record.time());
    fields.put("operation", record.operation());
    fields.put("state", record.state());
    fields.put("begun", record.begun());
    fields.put("user", record.who().user());
    fields.put("host", record.who().host());
    fields.put("pid", record.who().pid());
    fields.put("what", record.what());
    fields.put("exit", record.exit());
    fields.put("counts", record.counts());
    return fields;
  }
}
