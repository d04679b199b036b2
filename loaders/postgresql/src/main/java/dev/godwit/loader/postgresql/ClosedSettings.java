package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.Loader.Obstacle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of a database, and of roles in it, that the user of a load may not make (manual, ALTER
 * ROLE, ALTER DATABASE and GRANT on parameters), found before anything is made.
 */
final class ClosedSettings {
  private final Set<String> roles = new TreeSet<>();
  private final Set<String> parameters = new TreeSet<>();

  /**
   * Learns of one.
   *
   * @return whether it is for all roles, which the owner of the database decides
   */
  boolean learn(SchemaObject setting) {
    String name = setting.name().last();
    parameters.add(name.substring(name.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT));
    setting.attribute(Attributes.ROLES).map(Attributes::elements).ifPresent(roles::addAll);
    return setting.attribute(Attributes.ROLES).isEmpty();
  }

  /** What of it a user may not make who is no superuser. */
  List<Obstacle> lacking(TargetRights rights) throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    List<String> closed = roles.isEmpty() ? List.of() : rights.notTheirsToSet(roles);
    if (!closed.isEmpty()) {
      obstacles.add(
          new Obstacle(
              "user " + rights.user() + " may set nothing for role " + first(closed),
              OnlySuperusers.HINT));
    }
    List<String> mighty = parameters.isEmpty() ? List.of() : rights.notToBeSet(parameters);
    if (!mighty.isEmpty()) {
      obstacles.add(new Obstacle("only a superuser may set " + first(mighty), OnlySuperusers.HINT));
    }
    return obstacles;
  }

  private static String first(List<String> names) {
    return names.get(0) + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
  }
}
