package dev.godwit.cli.command;

import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.run.VaultPlaces;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code godwit init}. */
@Command(
    name = "init",
    header = "Make a vault.",
    description =
        "Makes a vault in a folder that is empty or does not exist, on this machine, in an S3 bucket"
            + " or on an SFTP server. A folder that holds anything else is refused.",
    footer = {
      "  godwit init /srv/vault",
      "  godwit init 's3://bucket/shop?region=eu-central-1&storage-class=STANDARD_IA'",
      "  godwit init 's3://bucket/shop?endpoint=http://127.0.0.1:9000&path-style=true'",
      "  godwit init sftp://backup@host/srv/vault"
    })
final class InitCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "VAULT", description = "Where the vault is to be.")
  private String place;

  @Mixin private OutputOptions output;
  private final Terminal terminal;

  InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunView view = output.runView(terminal, "init");
    Trail trail = Trail.reading("init", terminal); // there is nothing before it is done
    return Run.of(
        view,
        1,
        1,
        trail,
        context -> {
          Vault vault =
              trail.opened(Vault.create(VaultPlaces.open(place, terminal, context)), context);
          return new Outcome(
              ExitCode.DONE,
              List.of("made vault " + vault.id() + " in " + vault.display()),
              Map.of("vault", vault.id(), "place", vault.display()));
        });
  }
}
