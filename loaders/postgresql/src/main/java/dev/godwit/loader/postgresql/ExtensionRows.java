package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.name.DatasetName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rows of users in tables that extensions make. These tables are there with all their keys and
 * triggers before the rows, which come in any order; and they are nobody's but the extension's.
 */
final class ExtensionRows {
  private ExtensionRows() {}

  /** Who may set this puts keys and triggers of all tables aside (manual, its page). */
  private static final String SETTING = "session_replication_role";

  /**
   * Puts keys and triggers aside until the end of the transaction, where the user may.
   *
   * @param version the server's, such as 15
   */
  static String unchecked(int version) {
    return "select set_config('" + SETTING + "', 'replica', true) where " + mayPutAside(version);
  }

  /** Whether the user may; others than superusers can be allowed to since 15. */
  private static String mayPutAside(int version) {
    return "(select rolsuper from pg_roles where rolname = current_user)"
        + (version < 15 ? "" : " or has_parameter_privilege('" + SETTING + "', 'set')");
  }

  /**
   * Why rows of a plan could not be written.
   *
   * @param extensions those that the plan makes where they are missing
   */
  static List<Obstacle> obstacles(
      LoadPlan plan, Renaming renaming, TargetRights rights, Collection<String> extensions)
      throws SQLException {
    List<Dataset> all = rights.isSuperuser() ? List.of() : of(plan);
    List<Obstacle> obstacles = new ArrayList<>();
    boolean ofOthers = !all.isEmpty() && !rights.madeBySuperusers(extensions).isEmpty();
    for (Dataset dataset : all) {
      Relation table = renaming.relation(dataset.name());
      if (rights.has(table) ? !rights.mayInsertInto(table) : ofOthers) {
        obstacles.add(
            new Obstacle(
                "user " + rights.user() + " may not write table " + table + " of an extension",
                "let a superuser create the extension and grant insert on its table, or leave"
                    + " these rows out with --exclude "
                    + table));
      }
    }
    Optional<Dataset> tied = tied(all);
    if (obstacles.isEmpty() && tied.isPresent() && !rights.holds(mayPutAside(rights.version()))) {
      obstacles.add(
          new Obstacle(
              "table "
                  + renaming.relation(tied.get().name())
                  + " of an extension refers to another, and user "
                  + rights.user()
                  + " may not put that aside while rows come",
              rights.version() < 15
                  ? "let a superuser restore, or leave these rows out with --exclude"
                  : "grant set on parameter " + SETTING + " to " + rights.user()));
    }
    return obstacles;
  }

  private static List<Dataset> of(LoadPlan plan) {
    if (!plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
      return List.of();
    }
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      return datasets
          .filter(dataset -> dataset.attributes().containsKey(Dataset.ROWS_OF_EXTENSION))
          .toList();
    }
  }

  /** One that refers to another. */
  private static Optional<Dataset> tied(List<Dataset> all) {
    Set<DatasetName> names = new HashSet<>();
    all.forEach(dataset -> names.add(dataset.name()));
    return all.stream()
        .filter(d -> d.references().stream().anyMatch(r -> names.contains(r.target())))
        .findFirst();
  }
}
