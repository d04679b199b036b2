package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.key.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who may read a vault that is made. */
public final class NewVaultOptions {
  @Option(
      names = "--recipient",
      paramLabel = "RECIPIENT",
      description = {
        "Encrypt the new vault for this one, as 'godwit key new' printed it;",
        "may be repeated."
      })
  private List<String> recipients = new ArrayList<>();

  @Option(names = "--passphrase", description = "Encrypt the new vault with a passphrase.")
  private boolean passphrase;

  /**
   * The recipients.
   *
   * @throws GodwitException {@code USAGE} if one of them is none
   */
  public List<Recipient> recipients() {
    return recipients.stream().map(NewVaultOptions::recipient).toList();
  }

  /**
   * Reads one recipient.
   *
   * @throws GodwitException {@code USAGE} if it is none
   */
  public static Recipient recipient(String text) {
    try {
      return Recipient.parse(text);
    } catch (IllegalArgumentException e) {
      boolean secret = text.contains("-secret");
      throw new GodwitException(
          ExitCode.USAGE,
          secret
              ? "--recipient was given a secret identity; the process list showed it"
              : "cannot read --recipient: it " + e.getMessage(),
          secret
              ? "make another with 'godwit key new', and give what that prints"
              : "give what 'godwit key new' printed: godwit1 and 72 digits",
          e);
    }
  }

  /** Whether a passphrase was asked for. */
  public boolean passphrase() {
    return passphrase;
  }

  /** The flag of those that was given, if any was. */
  public Optional<String> flag() {
    return passphrase
        ? Optional.of("--passphrase")
        : recipients.isEmpty() ? Optional.empty() : Optional.of("--recipient");
  }

  /** Whether any of it was given. */
  public boolean given() {
    return passphrase || !recipients.isEmpty();
  }
}
