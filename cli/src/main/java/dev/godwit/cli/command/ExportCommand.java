package dev.godwit.cli.command;

import dev.godwit.cli.option.JobsOption;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.SnapshotOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.NewFile;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.ReaderLeftException;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;
import dev.godwit.vault.archive.TarExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit export}. */
@Command(
    name = "export",
    header = "Write a snapshot as a tar.",
    description =
        "Writes one snapshot as a tar of a vault's folder, to a file or to a pipe. 'godwit restore'"
            + " reads it as it is, and 'tar xf' makes a vault of it. That of an encrypted vault is"
            + " encrypted too, and opens with the same identity or passphrase, which it takes to"
            + " write one.",
    footer = {
      "  godwit export /srv/vault --tar shop.tar",
      "  godwit export /srv/vault --tar - | ssh host godwit restore - postgresql:///shop"
    })
final class ExportCommand implements Callable<Integer> {
  private static final Path PIPE = Path.of("-");

  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Option(
      names = "--tar",
      paramLabel = "FILE",
      required = true,
      description = "The file to write, which must not be there yet; - for standard output.")
  private Path file;

  @Mixin private SnapshotOptions snapshot;
  @Mixin private JobsOption jobs;
  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (file.equals(PIPE) && (output.json() || terminal.outIsTerminal())) {
      throw new GodwitException(
          ExitCode.USAGE,
          output.json()
              ? "--json and --tar - both write to standard output"
              : "a tar is not for a terminal to show",
          "name a file, or pipe it on");
    }
    int workers = jobs.jobs(terminal);
    RunView view = output.runView(terminal, "export");
    Trail trail = Trail.reading("export", terminal);
    return Run.of(view, workers, 1, trail, context -> run(trail, context, view));
  }

  private Outcome run(Trail trail, PluginContext context, RunView view) {
    long started = System.nanoTime();
    try {
      Vault vault = vaultKeys.given(terminal).openToRead(place, trail, context);
      if (!file.equals(PIPE)) {
        NewFile.requireFree(file);
      }
      Manifest manifest = vault.find(snapshot.choice());
      trail.tell("snapshot", manifest.id());
      try (TarExport export = vault.export(manifest, context)) {
        view.total(export.bytes());
        if (file.equals(PIPE)) {
          pipe(export, view);
        } else {
          NewFile.write(file, out -> export.write(out, view::worked));
        }
        return outcome(manifest, export.bytes(), System.nanoTime() - started);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Half a tar is of no use, as half of what 'cat' writes may be: that its reader left is told. */
  private void pipe(TarExport export, RunView view) throws IOException {
    try {
      export.write(terminal.out(), view::worked);
    } catch (IOException e) {
      if (!ReaderLeftException.isBehind(e)) {
        throw e;
      }
      throw new GodwitException(
          ExitCode.FAILED,
          "who reads the tar from standard output left before its end",
          "what was read of it is not whole");
    }
  }

  private Outcome outcome(Manifest manifest, long bytes, long nanos) {
    Duration took = Duration.ofNanos(nanos);
    return new Outcome(
        ExitCode.DONE,
        List.of(
            "snapshot "
                + manifest.id()
                + " of "
                + manifest.source().database()
                + ": "
                + Amounts.bytes(bytes)
                + " of data written as a tar to "
                + (file.equals(PIPE) ? "standard output" : file)
                + " in "
                + Amounts.duration(took)),
        Map.of(
            "snapshot",
            manifest.id(),
            "file",
            file.toString(),
            "bytes",
            bytes,
            "seconds",
            took.toMillis() / 1000.0));
  }
}
