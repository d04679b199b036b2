package dev.godwit.cli.command;

import dev.godwit.cli.option.NewVaultOptions;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.NewVault;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.VaultPlaces;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.vault.Vault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code godwit init}. */
@Command(
    name = "init",
    header = "Make a vault.",
    description = {
      "Makes a vault in a folder that is empty or does not exist, on this machine, in an S3 bucket"
          + " or on an SFTP server. A folder that holds anything else is refused.",
      "With --recipient or --passphrase the vault is encrypted, for good. Then a writer key is"
          + " written to the file that --writer-key names: with it this host backs up, and reads"
          + " nothing."
    },
    footer = {
      "  godwit init /srv/vault",
      "  godwit init /srv/vault --recipient godwit1... --writer-key /etc/godwit/writer.key",
      "  godwit init /srv/vault --passphrase",
      "  godwit init 's3://bucket/shop?region=eu-central-1&storage-class=STANDARD_IA'",
      "  godwit init 's3://bucket/shop?endpoint=http://127.0.0.1:9000&path-style=true'",
      "  godwit init sftp://backup@host/srv/vault"
    })
final class InitCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "VAULT", description = "Where the vault is to be.")
  private String place;

  @Mixin private NewVaultOptions newVault;
  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RunView view = output.runView(terminal, "init");
    return Run.of(
        view,
        1,
        context -> {
          NewVault fresh =
              vaultKeys
                  .given(terminal)
                  .newVault(newVault.recipients(), newVault.passphrase(), context);
          NewVault.Made made = fresh.in(VaultPlaces.open(place, terminal, context));
          try (Vault vault = made.vault()) {
            vault.keys().writing().ifPresent(vault::keepWriter);
            return outcome(vault, made.writerKey());
          }
        });
  }

  private static Outcome outcome(Vault vault, Optional<Path> writerKey) {
    List<String> lines = new ArrayList<>();
    lines.add("made vault " + vault.id() + " in " + vault.display());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("vault", vault.id());
    fields.put("place", vault.display());
    fields.put("encrypted", writerKey.isPresent());
    writerKey.ifPresent(
        file -> {
          lines.add(WriterKeyText.of(file));
          fields.put("writer_key", file.toString());
        });
    return new Outcome(ExitCode.DONE, lines, fields);
  }
}
