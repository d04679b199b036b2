package dev.godwit.vault;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;

/** A vault was to be made where there is one, perhaps since a moment ago. Ends a run with 1. */
public final class VaultExistsException extends GodwitException {
  private static final long serialVersionUID = 1L;

  VaultExistsException(String display) {
    super(
        ExitCode.FAILED, display + " is a vault already", "back up into it, or name another place");
  }
}
