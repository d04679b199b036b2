package dev.godwit.cli.command;

import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.VaultPlaces;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.Table;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.Recipient;
import dev.godwit.vault.key.Recipients.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code godwit key list}. */
@Command(
    name = "list",
    header = "List who may read a vault.",
    description =
        "Lists the keys as the vault itself names them. No key is needed for it, and none proves it.",
    footer = {"  godwit key list /srv/vault", "  godwit key list /srv/vault --json"})
final class KeyListCommand implements Callable<Integer> {
  /** Whoever writes the storage can put another file there; who holds a key finds that out. */
  private static final String UNPROVEN =
      "not proven: so says vault.json, and no key was asked for; each command that opens the vault"
          + " with a key proves it, such as 'godwit check'";

  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Mixin private OutputOptions output;
  private final Terminal terminal;

  KeyListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return Run.of(
        output.questionView(terminal),
        1,
        context -> {
          try (Storage storage = VaultPlaces.open(place, terminal, context)) {
            show(Vault.recipientsIn(storage));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return new Outcome(ExitCode.DONE, List.of(), Map.of());
        });
  }

  private void show(List<Shown> keys) {
    if (output.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", "godwit.key.list/1");
      document.put("proven", false);
      document.put("keys", keys.stream().map(KeyListCommand::fields).toList());
      Json.document(terminal, document);
      return;
    }
    Table table =
        new Table(
            Table.text("KEY"), Table.text("KIND"), Table.text("ADDED"), Table.text("RECIPIENT"));
    for (Shown key : keys) {
      table.row(
          key.id(),
          key.kind().equals("x25519") ? "identity" : key.kind(),
          Amounts.time(key.added()),
          key.recipient().map(Recipient::toString).orElse("-"));
    }
    table.lines(Integer.MAX_VALUE).forEach(terminal::println);
    if (!output.quiet()) {
      terminal.err().println(UNPROVEN);
    }
  }

  static Map<String, Object> fields(Shown key) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", key.id());
    fields.put("kind", key.kind());
    fields.put("added", key.added().toString());
    key.recipient().ifPresent(recipient -> fields.put("recipient", recipient.toString()));
    return fields;
  }
}
