package dev.godwit.cli.command;

import dev.godwit.cli.demo.Demo;
import dev.godwit.cli.option.JobsOption;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunViews;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code godwit demo}. */
@Command(
    name = "demo",
    header = "Show backup and restore at work, on a server of its own.",
    description =
        "Starts a PostgreSQL in a temporary folder, fills a shop, backs it up, changes one per cent,"
            + " backs it up again, restores it into a second database, and compares every row."
            + " Then the shop goes into a document store (mongo-java-server, a stand-in for"
            + " MongoDB), is asked for there, and compared. All of it is cleaned up; nothing of"
            + " yours is touched.",
    footer = {"  godwit demo", "  godwit demo --keep"})
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--keep",
      description = "Leave server, databases and vault running, and say how to stop them.")
  private boolean keep;

  @Mixin private JobsOption jobs;

  private final Terminal terminal;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return Run.of(
        RunViews.plain(terminal),
        jobs.jobs(terminal),
        context -> {
          new Demo(terminal, context).play(keep);
          return new Outcome(ExitCode.DONE, List.of(), Map.of());
        });
  }
}
