package dev.godwit.cli.command;

import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.Recipients.Shown;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code godwit key remove}. */
@Command(
    name = "remove",
    header = "Let one less read a vault.",
    description =
        "Takes a key out, never the last one. That is no revocation: who had the key and kept what"
            + " it opened, or an older vault.json, still reads what was backed up and what will be."
            + " Against him only a new vault helps.",
    footer = {"  godwit key remove /srv/vault 3f2a --identity ~/godwit.identity"})
final class KeyRemoveCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Parameters(
      index = "1",
      paramLabel = "KEY",
      description = "Its id as 'godwit key list' shows it, or the beginning of it.")
  private String id;

  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  KeyRemoveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Trail trail = Trail.changing("key remove", terminal);
    return Run.of(
        output.runView(terminal, "key remove"), 1, 1, trail, context -> remove(trail, context));
  }

  private Outcome remove(Trail trail, PluginContext context) {
    Vault vault = vaultKeys.given(terminal).openToRead(place, trail, context);
    Shown shown = vault.recipients().remove(id);
    trail.tell("key", shown.id());
    return new Outcome(
        ExitCode.DONE,
        List.of(
            "removed key " + shown.id() + " from " + vault.display(),
            "who had it and kept the vault's key, or an older vault.json, still reads"),
        KeyListCommand.fields(shown));
  }
}
