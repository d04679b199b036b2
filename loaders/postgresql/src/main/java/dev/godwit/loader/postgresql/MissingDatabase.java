package dev.godwit.loader.postgresql;

import dev.godwit.spi.load.Loader.Obstacle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What stands in the way of making a database, and of loading into it as it is then. */
final class MissingDatabase {
  private MissingDatabase() {}

  /**
   * Looks for it.
   *
   * @param state of the server, seen from another database
   */
  static List<Obstacle> obstacles(TargetDatabase target, PlanNeeds asked, TargetState state)
      throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    if (!state.mayCreateDatabases()) {
      obstacles.add(
          new Obstacle(
              "user " + state.user() + " may not create database " + target.display(),
              "alter role ... createdb, or let someone else make it"));
    }
    obstacles.addAll(asked.unmet(state));
    List<String> lacking = new ArrayList<>();
    for (String need : asked.needs()) {
      lacking.addAll(state.said(need));
    }
    for (String what : new TreeSet<>(lacking)) {
      obstacles.add(
          new Obstacle(
              what + " is needed and not carried, and a new database has none",
              "make database " + target.name() + " with it, and go on without --create"));
    }
    return obstacles;
  }
}
