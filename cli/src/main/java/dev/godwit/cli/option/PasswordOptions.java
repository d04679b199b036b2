package dev.godwit.cli.option;

import dev.godwit.cli.run.PasswordPlaces;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the store's password comes from, so that it need not stand in the address. */
public final class PasswordOptions {
  @Option(
      names = "--password-command",
      paramLabel = "COMMAND",
      description = "Run this in a shell; the first line that it prints is the store's password.")
  private String command;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The first line of this file is the store's password.")
  private Path file;

  /** For a store that is read: GODWIT_SOURCE_PASSWORD. */
  public PasswordPlaces ofSource() {
    return places("GODWIT_SOURCE_PASSWORD");
  }

  /** For a store that is written: GODWIT_TARGET_PASSWORD. */
  public PasswordPlaces ofTarget() {
    return places("GODWIT_TARGET_PASSWORD");
  }

  private PasswordPlaces places(String variable) {
    return new PasswordPlaces(
        Optional.ofNullable(command),
        Optional.ofNullable(file),
        variable,
        "password",
        "--password-command");
  }
}
