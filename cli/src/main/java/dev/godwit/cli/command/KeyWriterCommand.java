package dev.godwit.cli.command;

import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.ReaderKeys;
import dev.godwit.vault.key.Recipients;
import dev.godwit.vault.key.WriterKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code godwit key writer}. */
@Command(
    name = "writer",
    header = "Make a writer key, for one more host that backs up.",
    description =
        "Writes a writer key of its own for another host into a file that only you may read, never"
            + " over another file. Who has it backs up into the vault, and reads nothing of it."
            + " Blocks are shared among the backups of one writer key only.",
    footer = {
      "  godwit key writer /srv/vault other-host.key --identity ~/godwit.identity",
      "  godwit backup postgresql://me@host/shop /srv/vault --writer-key other-host.key"
    })
final class KeyWriterCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
  private Path file;

  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  KeyWriterCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Trail trail = Trail.changing("key writer", terminal);
    return Run.of(
        output.runView(terminal, "key writer"), 1, 1, trail, context -> write(trail, context));
  }

  private Outcome write(Trail trail, PluginContext context) {
    Vault vault = vaultKeys.given(terminal).openToRead(place, trail, context);
    ReaderKeys reader = vault.keys().reading().orElseThrow(() -> Recipients.plain(vault.display()));
    WriterKey key = reader.newWriter();
    trail.tell("writer", key.writerId());
    key.write(file);
    vault.keepWriter(key.keys());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("vault", vault.id());
    fields.put("writer", key.writerId());
    fields.put("file", file.toString());
    return new Outcome(
        ExitCode.DONE, List.of("made writer " + key.writerId() + " in " + file), fields);
  }
}
