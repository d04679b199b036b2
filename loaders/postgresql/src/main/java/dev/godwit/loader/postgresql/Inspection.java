package dev.godwit.loader.postgresql;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found to stand in the way of a plan. Nothing was written.
 *
 * @param obstacles all of them; of a standby or an unfinished load that alone
 * @param database what the plan tells of how its database is made
 */
record Inspection(List<Obstacle> obstacles, MadeDatabase database) {
  /** How to remove what a load left that did not come to its end. */
  static final String REMOVED = "drop the database, or its schema _godwit and what was loaded";

  /** Copies the list. */
  Inspection {
    obstacles = List.copyOf(obstacles);
  }

  /**
   * Looks at a target.
   *
   * @param keepsGoing whether the load goes on without what the server refuses to make
   * @throws GodwitException {@code TARGET_UNREACHABLE} where there is no such database, and the
   *     plan does not make it
   */
  static Inspection of(
      TargetDatabase target, LoadPlan plan, boolean keepsGoing, Cancellation cancellation) {
    Optional<Connection> there = target.openIfThere();
    boolean missing = there.isEmpty();
    if (missing && !plan.create()) {
      throw new GodwitException(
          ExitCode.TARGET_UNREACHABLE,
          "database " + target.display() + " does not exist",
          "make it, or add --create");
    }
    try (Connection connection = there.orElseGet(target::openMaintenance)) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      PlanNeeds asked = new PlanNeeds(plan, version, missing, keepsGoing, cancellation);
      TargetState state = new TargetState(connection);
      if (state.isStandby()) {
        return new Inspection(List.of(standby(target)), asked.database());
      }
      List<Obstacle> obstacles =
          new ArrayList<>(
              missing
                  ? MissingDatabase.obstacles(target, asked, state)
                  : new ExistingDatabase(target, asked, connection, state, cancellation)
                      .obstacles());
      if (obstacles.stream().noneMatch(Obstacle::unfinished)) {
        obstacles.addAll(asked.refused(connection, state, new TargetRights(state, missing)));
      }
      return new Inspection(obstacles, asked.database());
    } catch (SQLException e) {
      throw SqlFailure.of("cannot inspect " + target.display(), e, cancellation);
    }
  }

  private static Obstacle standby(TargetDatabase target) {
    return new Obstacle(
        target.display() + " is on a standby, where nothing can be written",
        "name its primary, or promote it first");
  }
}
