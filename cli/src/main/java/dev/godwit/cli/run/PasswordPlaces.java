package dev.godwit.cli.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the password of a store, or the passphrase of a vault, may come from.
 *
 * @param command that prints it
 * @param file whose first line it is
 * @param variable of the environment that holds it
 * @param word what it is called in messages
 * @param flag that gives the command
 */
public record PasswordPlaces(
    Optional<String> command, Optional<Path> file, String variable, String word, String flag) {

  /** Of a variable alone, which no flag goes ahead of. */
  public static PasswordPlaces ofVariable(String variable) {
    return new PasswordPlaces(Optional.empty(), Optional.empty(), variable, "password", "");
  }

  /** Whether a flag says where it comes from. */
  boolean isNamed() {
    return command.isPresent() || file.isPresent();
  }
}
