package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import java.nio.file.Path;
import java.util.Optional;

/** Where the identity that opens a vault lies, if anybody says so. */
public final class IdentityPlace {
  private IdentityPlace() {}

  /**
   * The place that a flag says, else a variable of the environment. That one holds for every vault
   * that a host knows, so that a passphrase that a flag gives goes ahead of it.
   *
   * @param passphrase of the same vault
   */
  public static Optional<Path> of(
      Optional<Path> flag, String variable, PasswordPlaces passphrase, Terminal terminal) {
    return flag.or(
        () ->
            Optional.ofNullable(terminal.environment().get(variable))
                .filter(text -> !text.isEmpty() && !passphrase.isNamed())
                .map(Path::of));
  }
}
