package dev.godwit.cli.option;

import dev.godwit.cli.run.PasswordPlaces;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the passwords of two stores come from, so that they need not stand in the addresses. */
public final class StoresOptions {
  @Option(
      names = "--source-password-command",
      paramLabel = "COMMAND",
      description = "Run this in a shell; the first line that it prints is the source's password.")
  private String sourceCommand;

  @Option(
      names = "--target-password-command",
      paramLabel = "COMMAND",
      description = "Likewise for the target.")
  private String targetCommand;

  @Option(
      names = "--source-password-file",
      paramLabel = "FILE",
      description = "The first line of this file is the source's password.")
  private Path sourceFile;

  @Option(
      names = "--target-password-file",
      paramLabel = "FILE",
      description = "Likewise for the target.")
  private Path targetFile;

  /** Of the store that is read: also GODWIT_SOURCE_PASSWORD. */
  public PasswordPlaces ofSource() {
    return new PasswordPlaces(
        Optional.ofNullable(sourceCommand),
        Optional.ofNullable(sourceFile),
        "GODWIT_SOURCE_PASSWORD",
        "password",
        "--source-password-command");
  }

  /** Of the store that is written: also GODWIT_TARGET_PASSWORD. */
  public PasswordPlaces ofTarget() {
    return new PasswordPlaces(
        Optional.ofNullable(targetCommand),
        Optional.ofNullable(targetFile),
        "GODWIT_TARGET_PASSWORD",
        "password",
        "--target-password-command");
  }
}
