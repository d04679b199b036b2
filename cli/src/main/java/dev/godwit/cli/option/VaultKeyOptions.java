package dev.godwit.cli.option;

import dev.godwit.cli.run.GivenKeys;
import dev.godwit.cli.run.IdentityPlace;
import dev.godwit.cli.run.PasswordPlaces;
import dev.godwit.cli.run.WriterKeyPlace;
import dev.godwit.cli.screen.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What opens an encrypted vault. */
public final class VaultKeyOptions {
  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description = {
        "Open an encrypted vault with this identity, which reads all of it",
        "(or GODWIT_VAULT_IDENTITY)."
      })
  private Path identity;

  @Option(
      names = "--writer-key",
      paramLabel = "FILE",
      description = {
        "Open it with this host's writer key, which backs up and reads nothing",
        "(or GODWIT_VAULT_WRITER_KEY; default: ~/.config/godwit/writers/<vault>.key)."
      })
  private Path writerKey;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = {
        "Open it with the first line of this file, its passphrase",
        "(or GODWIT_VAULT_PASSPHRASE)."
      })
  private Path passphraseFile;

  @Option(
      names = "--passphrase-command",
      paramLabel = "COMMAND",
      description = "Run this in a shell; the first line that it prints is the passphrase.")
  private String passphraseCommand;

  /** The flag of those that was given, if any was; what the environment says is for any command. */
  public Optional<String> flag() {
    return identity != null
        ? Optional.of("--identity")
        : writerKey != null
            ? Optional.of("--writer-key")
            : passphraseFile != null
                ? Optional.of("--passphrase-file")
                : passphraseCommand != null
                    ? Optional.of("--passphrase-command")
                    : Optional.empty();
  }

  /** What was given, by flags or the environment. */
  public GivenKeys given(Terminal terminal) {
    PasswordPlaces passphrase =
        new PasswordPlaces(
            Optional.ofNullable(passphraseCommand),
            Optional.ofNullable(passphraseFile),
            GivenKeys.PASSPHRASE,
            "passphrase",
            "--passphrase-command");
    return new GivenKeys(
        terminal,
        IdentityPlace.of(
            Optional.ofNullable(identity), "GODWIT_VAULT_IDENTITY", passphrase, terminal),
        WriterKeyPlace.of(Optional.ofNullable(writerKey), terminal),
        passphrase);
  }
}
