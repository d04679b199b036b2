package dev.godwit.cli.option;

import dev.godwit.cli.run.GivenKeys;
import dev.godwit.cli.run.IdentityPlace;
import dev.godwit.cli.run.PasswordPlaces;
import dev.godwit.cli.run.WriterKeyPlace;
import dev.godwit.cli.screen.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What opens the second of two vaults, the one that is written. */
public final class TargetKeyOptions {
  private static final String IDENTITY = "GODWIT_TARGET_VAULT_IDENTITY";
  private static final String WRITER_KEY = "GODWIT_TARGET_VAULT_WRITER_KEY";
  private static final String PASSPHRASE = "GODWIT_TARGET_VAULT_PASSPHRASE";

  @Option(
      names = "--target-writer-key",
      paramLabel = "FILE",
      description = {
        "Open an encrypted vault TO with this writer key, which is enough",
        "(or GODWIT_TARGET_VAULT_WRITER_KEY; default:",
        "~/.config/godwit/writers/<vault>.key)."
      })
  private Path writerKey;

  @Option(
      names = "--target-identity",
      paramLabel = "FILE",
      description = {"Open TO with this identity", "(or GODWIT_TARGET_VAULT_IDENTITY)."})
  private Path identity;

  @Option(
      names = "--target-passphrase-file",
      paramLabel = "FILE",
      description = {
        "Open TO with the first line of this file, its passphrase",
        "(or GODWIT_TARGET_VAULT_PASSPHRASE)."
      })
  private Path passphraseFile;

  @Option(
      names = "--target-passphrase-command",
      paramLabel = "COMMAND",
      description = "Run this in a shell; the first line that it prints is TO's passphrase.")
  private String passphraseCommand;

  /** What was given, by flags or the environment. */
  public GivenKeys given(Terminal terminal) {
    PasswordPlaces passphrase =
        new PasswordPlaces(
            Optional.ofNullable(passphraseCommand),
            Optional.ofNullable(passphraseFile),
            PASSPHRASE,
            "passphrase",
            "--target-passphrase-command");
    return new GivenKeys(
        terminal,
        IdentityPlace.of(Optional.ofNullable(identity), IDENTITY, passphrase, terminal),
        WriterKeyPlace.of(Optional.ofNullable(writerKey), WRITER_KEY, terminal),
        passphrase);
  }

  /** A hint in the words of these options. */
  public static String words(String hint) {
    return hint.replace("--identity", "--target-identity")
        .replace("--writer-key", "--target-writer-key")
        .replace("--passphrase-", "--target-passphrase-")
        .replace("GODWIT_VAULT_", "GODWIT_TARGET_VAULT_");
  }
}
