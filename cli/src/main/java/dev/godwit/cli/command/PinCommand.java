package dev.godwit.cli.command;

import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotChoice;
import dev.godwit.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code godwit pin}. */
@Command(
    name = "pin",
    header = "Keep snapshots whatever the rules of a prune say.",
    description =
        "Pins snapshots: no prune drops them until 'godwit unpin' takes the pin away. 'godwit list' shows which are pinned.",
    footer = {"  godwit pin /srv/vault 3f2a90c1", "  godwit pin /srv/vault tag:release"})
final class PinCommand implements Callable<Integer> {
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

  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  PinCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Trail trail = Trail.changing("pin", terminal);
    return Run.of(
        output.runView(terminal, "pin"),
        1,
        1,
        trail,
        context -> {
          Vault vault = vaultKeys.given(terminal).openToWrite(place, trail, context);
          List<Manifest> meant =
              which.stream()
                  .map(id -> vault.find(new SnapshotChoice(id, Optional.empty())))
                  .toList();
          meant.forEach(vault::pin);
          List<String> ids = meant.stream().map(Manifest::id).toList();
          return new Outcome(
              ExitCode.DONE, List.of("pinned " + String.join(", ", ids)), Map.of("snapshots", ids));
        });
  }
}
