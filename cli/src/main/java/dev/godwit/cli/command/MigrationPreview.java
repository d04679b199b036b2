package dev.godwit.cli.command;

import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.mapping.run.MappedDataset;
import dev.godwit.restore.Migration;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.run.PluginContext;
import java.util.List;
import java.util.stream.Stream;

/** The answer to {@code --dry-run} of what writes a store. */
final class MigrationPreview {
  private MigrationPreview() {}

  /**
   * Writes what would be moved, and then what stands in the way.
   *
   * @param what ends the line of the total, such as {@code would be moved}
   * @param doing what would be refused, such as {@code the restore}
   */
  static Outcome of(
      Migration migration,
      String what,
      String doing,
      Terminal terminal,
      boolean json,
      PluginContext context) {
    DatasetPlan plan = new DatasetPlan(migration.leftOut());
    try (Stream<MappedDataset> datasets = migration.mapping().datasets()) {
      datasets.forEach(plan::add);
    }
    List<Loader.Obstacle> obstacles = migration.obstacles();
    Outcome outcome = plan.show(terminal, json, what);
    for (Loader.Obstacle obstacle : obstacles) {
      context.warnings().accept(obstacle.what());
    }
    if (!obstacles.isEmpty()) {
      throw new GodwitException(
          ExitCode.FAILED,
          doing + " would be refused: " + obstacles.get(0).what(),
          obstacles.get(0).hint().isEmpty() ? null : obstacles.get(0).hint());
    }
    return outcome;
  }
}
