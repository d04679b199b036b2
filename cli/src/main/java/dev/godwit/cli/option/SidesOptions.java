package dev.godwit.cli.option;

import dev.godwit.cli.run.PasswordPlaces;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.SnapshotChoice;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What belongs to one of two sides: which snapshot, whose password. */
public final class SidesOptions {
  @Option(
      names = "--snapshot-a",
      paramLabel = "WHICH",
      description = {
        "Which snapshot, where A is a vault: latest (the default), the",
        "beginning of an id, or tag:WORD for the newest with a tag."
      })
  private String snapshotOfA;

  @Option(
      names = "--snapshot-b",
      paramLabel = "WHICH",
      description = "Likewise, where B is a vault.")
  private String snapshotOfB;

  @Option(
      names = "--source-a",
      paramLabel = "NAME",
      description = "Whose snapshot, where the vault A holds several sources.")
  private String sourceOfA;

  @Option(names = "--source-b", paramLabel = "NAME", description = "Likewise, where B is a vault.")
  private String sourceOfB;

  @Option(
      names = "--password-command-a",
      paramLabel = "COMMAND",
      description = "Run this in a shell; the first line that it prints is A's password.")
  private String commandOfA;

  @Option(names = "--password-command-b", paramLabel = "COMMAND", description = "Likewise for B.")
  private String commandOfB;

  @Option(
      names = "--password-file-a",
      paramLabel = "FILE",
      description = "The first line of this file is A's password.")
  private Path fileOfA;

  @Option(names = "--password-file-b", paramLabel = "FILE", description = "Likewise for B.")
  private Path fileOfB;

  /** What belongs to one side. */
  public record SideOptions(
      String name, Optional<String> snapshot, Optional<String> source, PasswordPlaces password) {

    /** The snapshot that is meant, where the side is a vault. */
    public SnapshotChoice choice() {
      return new SnapshotChoice(snapshot.orElse(SnapshotChoice.LATEST.which()), source);
    }

    /**
     * Where the side is a store, no snapshot of it can be meant.
     *
     * @throws GodwitException {@code USAGE} if one is
     */
    public void requireNoSnapshot() {
      if (snapshot.isPresent() || source.isPresent()) {
        String flag = snapshot.isPresent() ? "--snapshot-" : "--source-";
        throw new GodwitException(
            ExitCode.USAGE,
            flag + name + " is for a vault, and " + name.toUpperCase(Locale.ROOT) + " is a store",
            "leave it out, or name a vault's folder");
      }
    }
  }

  /** Of A: GODWIT_SOURCE_PASSWORD. */
  public SideOptions ofA() {
    return side("a", snapshotOfA, sourceOfA, commandOfA, fileOfA, "GODWIT_SOURCE_PASSWORD");
  }

  /** Of B: GODWIT_TARGET_PASSWORD. */
  public SideOptions ofB() {
    return side("b", snapshotOfB, sourceOfB, commandOfB, fileOfB, "GODWIT_TARGET_PASSWORD");
  }

  private static SideOptions side(
      String name, String snapshot, String source, String command, Path file, String variable) {
    return new SideOptions(
        name,
        Optional.ofNullable(snapshot),
        Optional.ofNullable(source),
        new PasswordPlaces(
            Optional.ofNullable(command),
            Optional.ofNullable(file),
            variable,
            "password",
            "--password-command-" + name));
  }
}
