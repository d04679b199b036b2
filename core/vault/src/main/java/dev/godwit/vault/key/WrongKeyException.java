package dev.godwit.vault.key;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;

/** None of the keys given opens the vault, or what was asked of it. Ends a run with 12. */
public final class WrongKeyException extends GodwitException {
  private static final long serialVersionUID = 1L;

  private static final String HINT =
      "give --identity FILE, --writer-key FILE (to back up) or a passphrase (--passphrase-file,"
          + " --passphrase-command, GODWIT_VAULT_PASSPHRASE)";

  /** With what does not fit, in one line; the hint names every way to give a key. */
  public WrongKeyException(String message) {
    this(message, HINT);
  }

  /** With advice of its own. */
  public WrongKeyException(String message, String hint) {
    super(ExitCode.WRONG_KEY, message, hint);
  }
}
