package dev.godwit.cli.command;

import dev.godwit.cli.option.AddedKeyOptions;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.run.GivenKeys;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.Recipient;
import dev.godwit.vault.key.Recipients.Shown;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code godwit key add}. */
@Command(
    name = "add",
    header = "Let one more read a vault.",
    description =
        "Wraps the vault's key once more, for a recipient or a passphrase. Who does it must be able"
            + " to read the vault. What was backed up is not written anew, and opens with the new"
            + " key too.",
    footer = {
      "  godwit key add /srv/vault --recipient godwit1... --identity ~/godwit.identity",
      "  godwit key add /srv/vault --passphrase --identity ~/godwit.identity"
    })
final class KeyAddCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Mixin private AddedKeyOptions added;
  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  KeyAddCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Optional<Recipient> recipient = added.recipient();
    Trail trail = Trail.changing("key add", terminal);
    return Run.of(
        output.runView(terminal, "key add"),
        1,
        1,
        trail,
        context -> add(recipient, trail, context));
  }

  private Outcome add(Optional<Recipient> recipient, Trail trail, PluginContext context) {
    GivenKeys given = vaultKeys.given(terminal);
    Vault vault = given.openToRead(place, trail, context);
    var recipients = vault.recipients();
    Shown shown =
        recipient.isPresent()
            ? recipients.add(recipient.get())
            : recipients.add(given.chosen(added.passphrase(), vault.display(), context));
    trail.tell("key", shown.id());
    return new Outcome(
        ExitCode.DONE,
        List.of("added key " + shown.id() + " to " + vault.display()),
        KeyListCommand.fields(shown));
  }
}
