package dev.godwit.cli.command;

import dev.godwit.cli.option.ChoiceOptions;
import dev.godwit.cli.option.JobsOption;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.RenameOption;
import dev.godwit.cli.option.SidesOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.GivenKeys;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.compare.CompareJob;
import dev.godwit.compare.CompareReport;
import dev.godwit.compare.CompareRequest;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.run.PluginContext;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit compare}. */
@Command(
    name = "compare",
    header = "Compare two databases or snapshots, row by row.",
    description = {
      "Reads both sides in parallel, each at one instant, and names what only one of them has and"
          + " what differs. Ends with 0 where all is the same, with 4 where anything differs.",
      "Values are compared, not types: 5 is 5 in a column of any width or scale. Datasets are held"
          + " against each other by name, without the database's.",
      "Documents are paired by their _id, and are the same where their bytes are: types of numbers"
          + " and the order of fields count. Rows are held against documents as migrate would move"
          + " them with --on-lossy warn, by the last part of their dataset's name, and what a"
          + " document cannot hold exactly is remarked. Rows without a key are held against"
          + " documents without their _id."
    },
    footer = {
      "  godwit compare postgresql://me@host/shop /srv/vault",
      "  godwit compare /srv/vault /srv/vault --snapshot-a tag:before-upgrade",
      "  godwit compare postgresql://me@old/shop postgresql://me@new/shop --exclude 'audit.*'",
      "  godwit compare postgresql://me@host/shop mongodb://host/shop",
      "  godwit compare --json /srv/vault postgresql://me@host/shop --include orders"
    })
final class CompareCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 1000;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "A database, such as postgresql://user@host/database, or a vault's folder.")
  private String a;

  @Parameters(index = "1", paramLabel = "B", description = "Likewise.")
  private String b;

  @Mixin private SidesOptions sides;
  @Mixin private ChoiceOptions choice;
  @Mixin private RenameOption rename;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Show at most so many differing rows of each dataset (default: 10); --json tells all.")
  private int limit;

  @Mixin private JobsOption jobs;
  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (limit < 0 || limit > MOST_SHOWN) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--limit " + limit + " is no number from 0 to " + MOST_SHOWN,
          "--json tells every difference");
    }
    DatasetFilter filter =
        new DatasetFilter(choice.include(), choice.exclude(), List.of(), List.of());
    CompareRequest request =
        new CompareRequest(filter, rename.renames(), output.json() ? Integer.MAX_VALUE : limit);
    int workers = jobs.jobs(terminal);
    RunView view =
        output.json() ? output.runView(terminal, "compare") : output.workView(terminal, "compare");
    Trail trail = Trail.reading("compare", terminal);
    return Run.of(view, workers, 2, trail, context -> compare(request, trail, context, view));
  }

  private Outcome compare(
      CompareRequest request, Trail trail, PluginContext context, RunView view) {
    long started = System.nanoTime();
    GivenKeys given = vaultKeys.given(terminal);
    try (OpenSide left = OpenSide.of(a, "a", sides.ofA(), given, terminal, trail, context);
        OpenSide right = OpenSide.of(b, "b", sides.ofB(), given, terminal, trail, context)) {
      CompareOutcome outcome = new CompareOutcome(view);
      CompareReport report =
          new CompareJob(left.side(), right.side(), request, context).run(outcome);
      trail.count("different", report.different());
      // The bar is on the same screen as the answer.
      view.close();
      if (!output.json() && !(output.quiet() && report.same())) {
        outcome.show(report, terminal);
      }
      return outcome.of(report, System.nanoTime() - started);
    }
  }
}
