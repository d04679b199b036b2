package dev.godwit.cli.option;

import dev.godwit.vault.SnapshotChoice;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which snapshot of a vault is meant. */
public final class SnapshotOptions {
  @Option(
      names = "--snapshot",
      paramLabel = "WHICH",
      defaultValue = "latest",
      description =
          "latest (the default), the beginning of an id, or tag:WORD for the newest with a tag.")
  private String which;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Whose snapshot, where the vault holds several sources.")
  private String source;

  /** The choice. */
  public SnapshotChoice choice() {
    return new SnapshotChoice(which, Optional.ofNullable(source));
  }
}
