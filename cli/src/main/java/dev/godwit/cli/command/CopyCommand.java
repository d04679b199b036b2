package dev.godwit.cli.command;

import dev.godwit.backup.CopyJob;
import dev.godwit.cli.option.JobsOption;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.TargetKeyOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.run.VaultPlaces;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Vault;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.carry.CopyStep;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit copy}. */
@Command(
    name = "copy",
    header = "Copy snapshots from one vault into another.",
    description =
        "Copies snapshots, oldest first, and sends only the blocks that the other vault has not. A"
            + " copy that was killed, run again, sends what is missing. A snapshot that is there"
            + " already is left out; one that is damaged is named, and the others are copied"
            + " (exit 13). Either vault may be encrypted: FROM is read with --identity or its"
            + " passphrase, TO is written with this host's writer key of it, or with what a"
            + " --target- option names. What is encrypted is copied into a plain vault only with"
            + " --to-plain.",
    footer = {
      "  godwit copy --all /srv/vault 's3://bucket/shop?region=eu-central-1'",
      "  godwit copy sftp://backup@host/srv/vault /srv/vault --snapshot latest",
      "  godwit copy /srv/vault /mnt/disk/vault --tag monthly",
      "  godwit copy --all --identity a.identity /srv/a /srv/b --target-writer-key b.key"
    })
final class CopyCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "The vault to copy from: a folder, or its s3:// or sftp:// address.")
  private String from;

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description = "The vault to copy into; 'godwit init' makes one.")
  private String to;

  @Option(
      names = "--snapshot",
      paramLabel = "WHICH",
      description = {
        "latest (the default), the beginning of an id, or tag:WORD for the newest with a tag; may"
            + " be repeated."
      })
  private List<String> which = List.of();

  @Option(names = "--all", description = "Copy every snapshot.")
  private boolean all;

  @Option(names = "--source", paramLabel = "NAME", description = "Only snapshots of this source.")
  private String source;

  @Option(names = "--tag", paramLabel = "WORD", description = "Every snapshot with this tag.")
  private String tag;

  @Option(names = "--dry-run", description = "Only say what would be copied.")
  private boolean dryRun;

  @Option(
      names = "--to-plain",
      description =
          "Copy what is encrypted into a vault that is not: whoever reads that one reads it then.")
  private boolean toPlain;

  @Mixin private JobsOption jobs;
  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private TargetKeyOptions targetKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  CopyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CopyChoice choice = choice();
    int workers = jobs.jobs(terminal);
    RunView view = dryRun ? output.questionView(terminal) : output.runView(terminal, "copy");
    Trail trail = dryRun ? Trail.none() : Trail.changing("copy", terminal);
    return Run.of(view, workers, 1, trail, context -> run(choice, trail, context, view));
  }

  private CopyChoice choice() {
    if (!which.isEmpty() && (all || tag != null)) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--snapshot and " + (all ? "--all" : "--tag") + " exclude each other",
          "--snapshot may be repeated, and tag:WORD is the newest with a tag");
    }
    boolean latest = which.isEmpty() && !all && tag == null;
    return new CopyChoice(
        latest ? List.of("latest") : which, Optional.ofNullable(source), Optional.ofNullable(tag));
  }

  private Outcome run(CopyChoice choice, Trail trail, PluginContext context, RunView view) {
    long started = System.nanoTime();
    Vault source =
        trail.openedToRead(
            Vault.open(
                VaultPlaces.open(from, terminal, context),
                vaultKeys.given(terminal).toRead(context)),
            context);
    trail.tell("source", source.display());
    source.requireReading(); // before anything is told or written in the other
    Vault target = target(trail, context);
    trail.tell("target", target.display()); // who reads the source's audit learns where it went
    boolean opened = opensUp(source, target);
    CopyJob job = new CopyJob(source, target, context);
    List<CopyStep> steps = job.plan(choice);
    if (dryRun) {
      return CopyOutcome.preview(steps, terminal, output.json());
    }
    view.total(CopyOutcome.bytes(steps));
    List<CopyStep> settled =
        job.run(steps, view::worked, step -> view.tell("snapshot", CopyOutcome.fields(step)));
    return CopyOutcome.of(settled, opened, System.nanoTime() - started);
  }

  private Vault target(Trail trail, PluginContext context) {
    try {
      return targetKeys.given(terminal).openToWrite(to, trail, context);
    } catch (GodwitException e) {
      throw new GodwitException(
          e.exitCode(), e.getMessage(), e.hint().map(TargetKeyOptions::words).orElse(null), e);
    }
  }

  /** Whether what is encrypted will not be any more, which is to be meant. */
  private boolean opensUp(Vault source, Vault target) {
    boolean opens = source.keys().writing().isPresent() && target.keys().writing().isEmpty();
    if (opens && !toPlain) {
      throw new GodwitException(
          ExitCode.USAGE,
          source.display() + " is encrypted, and " + target.display() + " is not",
          "copy into a vault of 'godwit init --recipient'; --to-plain copies all the same, for"
              + " everybody to read who reads that place");
    }
    return opens;
  }
}
