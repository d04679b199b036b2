package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What stands in the way of loading into a database that is there. */
final class ExistingDatabase {
  private final TargetDatabase target;
  private final PlanNeeds asked;
  private final LoadPlan plan;
  private final Connection connection;
  private final TargetState state;
  private final Cancellation cancellation;

  /**
   * Of a database.
   *
   * @param connection to it, whose state this is
   */
  ExistingDatabase(
      TargetDatabase target,
      PlanNeeds asked,
      Connection connection,
      TargetState state,
      Cancellation cancellation) {
    this.target = target;
    this.asked = asked;
    this.plan = asked.plan();
    this.connection = connection;
    this.state = state;
    this.cancellation = cancellation;
  }

  /** All of it; an unfinished load alone, where there is one that does not go on. */
  List<Obstacle> obstacles() throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    Optional<String> unfinished = Ledger.plan(connection);
    if (unfinished.isPresent() && Ledger.isLocked(connection)) {
      throw Ledger.locked(target); // to drop what it left would end it
    }
    if (unfinished.isPresent() && !(plan.resume() && unfinished.get().equals(plan.id()))) {
      return List.of(
          new Obstacle(
              plan.resume()
                  ? "the unfinished load in database " + target.display() + " is of another plan"
                  : "an unfinished load is in database " + target.display(),
              plan.resume()
                  ? "go on as it was begun: the same snapshot, filters, renames, mapping and masks; or "
                      + Inspection.REMOVED
                  : Inspection.REMOVED,
              true));
    }
    if (!state.mayCreateSchemas()) {
      obstacles.add(
          new Obstacle(
              "user " + state.user() + " may not create schemas in database " + target.display(),
              "grant create on database " + Relation.quote(target.name()) + " to " + state.user()));
    }
    if (asked.usesPublic() && !state.mayCreateIn("public")) {
      obstacles.add(
          new Obstacle(
              "user " + state.user() + " may not create tables in schema public",
              "grant create on schema public to " + state.user()));
    }
    if (unfinished.isEmpty()) {
      addWhatIsThere(obstacles);
      LargeObjectObstacles.in(plan, connection, target.display()).ifPresent(obstacles::add);
      if (asked.isOwnEngine()) {
        obstacles.addAll(
            new DifferingObjects(plan, asked.renaming(), cancellation)
                .obstacles(connection, target.display()));
      }
    }
    obstacles.addAll(asked.unmet(state));
    addEncoding(obstacles);
    for (String what : state.lacking(asked.needs())) {
      obstacles.add(
          new Obstacle(
              what + " is needed and not carried",
              what.startsWith("extension ")
                  ? "create " + what + " in database " + target.name() + " first"
                  : "make it in database " + target.name() + " first"));
    }
    return obstacles;
  }

  /** An empty database is asked for, unless the load goes beside what is there. */
  private void addWhatIsThere(List<Obstacle> obstacles) throws SQLException {
    if (!besideOthers()) {
      List<String> found = state.contents();
      if (!found.isEmpty()) {
        String more = found.size() == 1 ? "" : " and " + (found.size() - 1) + " more";
        obstacles.add(
            new Obstacle(
                "database " + target.display() + " is not empty: it holds " + found.get(0) + more,
                plan.resume()
                    ? "it holds no unfinished load: one that was killed at its very end is complete"
                    : "load into an empty database, or beside with --include and --rename"));
      }
      return;
    }
    List<String> taken = new ArrayList<>();
    List<Relation> page = new ArrayList<>();
    for (Relation made : wouldBeMade()) {
      page.add(made);
      if (page.size() == TargetState.PAGE) {
        taken.addAll(state.existing(page));
        page.clear();
      }
    }
    taken.addAll(state.existing(page));
    for (String name : taken) {
      obstacles.add(
          new Obstacle(
              name + " exists already in database " + target.display(),
              "load it under another name with --rename, or drop it"));
    }
  }

  private boolean besideOthers() {
    return !plan.renames().isEmpty()
        || (asked.isOwnEngine() && (plan.part() || !asked.database().isTold()));
  }

  private Set<Relation> wouldBeMade() {
    Set<Relation> made = new LinkedHashSet<>();
    if (asked.isOwnEngine()) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        objects
            // A sequence that stands alone, a type or a schema that is there is used as it is.
            .filter(object -> !object.datasets().isEmpty())
            .forEach(object -> made.addAll(asked.renaming().makes(object)));
      }
    }
    made.addAll(asked.neutral().made());
    return made;
  }

  private void addEncoding(List<Obstacle> obstacles) throws SQLException {
    String source = asked.database().encoding();
    String own = state.encoding();
    if (!own.equals("UTF8") && !own.equals("SQL_ASCII") && !own.equals(source)) {
      obstacles.add(
          new Obstacle(
              "database " + target.display() + " is in " + own + ", the source in " + source,
              "make it with encoding 'UTF8' or '" + source + "', template template0"));
    }
  }
}
