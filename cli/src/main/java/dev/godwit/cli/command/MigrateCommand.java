package dev.godwit.cli.command;

import dev.godwit.cli.option.ChoiceOptions;
import dev.godwit.cli.option.JobsOption;
import dev.godwit.cli.option.MappingOptions;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.RecordOptions;
import dev.godwit.cli.option.StoresOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Stores;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.compare.CompareReport;
import dev.godwit.restore.MigrateJob;
import dev.godwit.restore.MigrateRequest;
import dev.godwit.restore.Migration;
import dev.godwit.restore.MoveReport;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.run.PluginContext;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit migrate}. */
@Command(
    name = "migrate",
    header = "Move a database from one store into another.",
    description =
        "Reads the source at one consistent instant, while others go on working with it, and"
            + " writes it into a database that is empty; nothing is ever cleared. What stands in"
            + " the way is found before anything is written.",
    footer = {
      "  godwit migrate --create postgresql://me@old/shop postgresql://me@new/shop",
      "  godwit migrate postgresql://me@host/shop postgresql://me@host/copy --dry-run",
      "  godwit migrate postgresql://me@host/shop postgresql://me@host/copy --verify \\",
      "      --where \"orders=placed >= '2026-01-01'\" --rename orders=orders_2026"
    })
final class MigrateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "The database to read, such as postgresql://user@host:5432/database.")
  private String source;

  @Parameters(index = "1", paramLabel = "TARGET", description = "The database to write.")
  private String target;

  @Option(names = "--create", description = "Make the target database if there is none.")
  private boolean create;

  @Mixin private ChoiceOptions choice;
  @Mixin private RecordOptions records;
  @Mixin private MappingOptions mapping;

  @Option(
      names = "--verify",
      description =
          "Read the source again, at the same instant, and compare it with the target (exit 4 if"
              + " anything differs).")
  private boolean verify;

  @Option(
      names = "--dry-run",
      description = "Only say what would be moved, and what stands in the way.")
  private boolean dryRun;

  @Mixin private JobsOption jobs;
  @Mixin private StoresOptions stores;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  MigrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    DatasetFilter filter = records.with(choice);
    MigrateRequest request = new MigrateRequest(filter, mapping.with(filter, terminal), create);
    RunView view = dryRun ? output.questionView(terminal) : output.runView(terminal, "migrate");
    return Run.of(view, jobs.jobs(terminal), 2, context -> run(request, context, view));
  }

  private Outcome run(MigrateRequest request, PluginContext context, RunView view) {
    long started = System.nanoTime();
    try (Extractor extractor = Stores.source(source, stores.ofSource(), terminal, context);
        Loader loader = Stores.target(target, stores.ofTarget(), terminal, context);
        Migration migration = new MigrateJob(extractor, loader, request, context).open()) {
      if (dryRun) {
        return MigrationPreview.of(
            migration, "would be moved", "the migration", terminal, output.json(), context);
      }
      MoveReport report = migration.move(view);
      Optional<CompareReport> proof =
          verify ? Optional.of(prove(migration, context, view)) : Optional.empty();
      return MigrateOutcome.of(report, proof, System.nanoTime() - started);
    }
  }

  private CompareReport prove(Migration migration, PluginContext context, RunView view) {
    try (Extractor written = Stores.written(target, stores.ofTarget(), terminal, context)) {
      return MoveProof.of(migration, false, written, context, view);
    }
  }
}
