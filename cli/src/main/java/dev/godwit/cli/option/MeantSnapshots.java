package dev.godwit.cli.option;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotChoice;
import dev.godwit.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A vault and some of its snapshots, and what is done with each of them. */
public final class MeantSnapshots {
  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "ID",
      description = "Snapshots: beginnings of ids, latest, or tag:WORD.")
  private List<String> which;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Whose snapshot, where the vault holds several sources.")
  private String source;

  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;

  /**
   * Does it with each, once all of them were found.
   *
   * @param operation the command's name
   * @param done the word for what was done, such as {@code pinned}
   * @param nothing the words for a snapshot with which nothing was to be done
   * @param change does it; whether anything was to be done
   * @return the exit code
   */
  public int each(
      String operation,
      String done,
      String nothing,
      BiPredicate<Vault, Manifest> change,
      Terminal terminal) {
    Trail trail = Trail.changing(operation, terminal);
    return Run.of(
        output.runView(terminal, operation),
        1,
        1,
        trail,
        context -> {
          Vault vault = vaultKeys.given(terminal).openToWrite(place, trail, context);
          List<Manifest> meant =
              which.stream()
                  .map(id -> vault.find(new SnapshotChoice(id, Optional.ofNullable(source))))
                  .toList();
          List<String> ids = meant.stream().map(Manifest::id).toList();
          trail.tell("snapshot", Trail.some(ids));
          Map<Boolean, List<String>> changed =
              meant.stream()
                  .collect(
                      Collectors.partitioningBy(
                          snapshot -> change.test(vault, snapshot),
                          Collectors.mapping(Manifest::id, Collectors.toList())));
          List<String> lines = new ArrayList<>();
          if (!changed.get(true).isEmpty()) {
            lines.add(done + ' ' + String.join(", ", changed.get(true)));
          }
          if (!changed.get(false).isEmpty()) {
            lines.add(nothing + ": " + String.join(", ", changed.get(false)));
          }
          return new Outcome(
              ExitCode.DONE, lines, Map.of("snapshots", ids, "unchanged", changed.get(false)));
        });
  }
}
