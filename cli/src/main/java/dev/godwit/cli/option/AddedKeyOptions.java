package dev.godwit.cli.option;

import dev.godwit.cli.run.PasswordPlaces;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.key.Recipient;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who is let into a vault: an identity's recipient, or a passphrase. */
public final class AddedKeyOptions {
  @Option(
      names = "--recipient",
      paramLabel = "RECIPIENT",
      description = "Let this one in, as 'godwit key new' printed it.")
  private String recipient;

  @Option(
      names = "--passphrase",
      description = "Let a passphrase in, which is asked for (or GODWIT_VAULT_NEW_PASSPHRASE).")
  private boolean passphrase;

  @Option(
      names = "--new-passphrase-file",
      paramLabel = "FILE",
      description = "Let the first line of this file in.")
  private Path file;

  @Option(
      names = "--new-passphrase-command",
      paramLabel = "COMMAND",
      description = "Let the first line in that this prints, run in a shell.")
  private String command;

  /**
   * The recipient, or nothing for a passphrase.
   *
   * @throws GodwitException {@code USAGE} unless it is just one of both
   */
  public Optional<Recipient> recipient() {
    boolean phrase = passphrase || file != null || command != null;
    if (phrase == (recipient != null)) {
      throw new GodwitException(
          ExitCode.USAGE,
          phrase ? "--recipient and a passphrase are two keys" : "nothing says whom to let in",
          phrase ? "add one after the other" : "give --recipient or --passphrase");
    }
    return Optional.ofNullable(recipient).map(NewVaultOptions::recipient);
  }

  /** Where the passphrase comes from. */
  public PasswordPlaces passphrase() {
    return new PasswordPlaces(
        Optional.ofNullable(command),
        Optional.ofNullable(file),
        "GODWIT_VAULT_NEW_PASSPHRASE",
        "passphrase",
        "--new-passphrase-command");
  }
}
