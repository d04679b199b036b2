package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.SchemaObjects;
import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Functions, types and the like that a target has already and that would be used as they are, held
 * against a plan's definitions. The target's are read as those of a source are, so that both are in
 * the same words; servers of different versions spell some of them out differently, and of these
 * nothing is said.
 */
final class DifferingObjects {
  /** Objects that are named. */
  private static final int NAMED = 10;

  private static final Set<String> KINDS =
      Set.of("function", "procedure", "type", "sequence", "collation");

  private final LoadPlan plan;
  private final Renaming renaming;
  private final Cancellation cancellation;

  DifferingObjects(LoadPlan plan, Renaming renaming, Cancellation cancellation) {
    this.plan = plan;
    this.renaming = renaming;
    this.cancellation = cancellation;
  }

  /** One obstacle for each that differs, and one for those that are too many to name. */
  List<Obstacle> obstacles(Connection target, String shown) throws SQLException {
    Set<String> wanted = new HashSet<>();
    standingAlone(object -> wanted.add(key(object)));
    if (wanted.isEmpty()) {
      return List.of();
    }
    Map<String, String> there = new HashMap<>();
    SchemaObjects objects = new SchemaObjects(target, target.getCatalog(), Map.of(), true);
    try (Stream<SchemaObject> found = objects.ofKinds(KINDS)) {
      found
          .filter(object -> wanted.contains(key(object)))
          .forEach(object -> there.put(key(object), text(object.definition())));
    }
    if (there.isEmpty()) {
      return List.of();
    }
    boolean alike = isVersion(target.getMetaData().getDatabaseMajorVersion());
    List<String> differing = new ArrayList<>();
    standingAlone(
        object -> {
          String other = there.get(key(object));
          if (other != null
              && (alike || isSpeltAlike(object))
              && !other.equals(text(renaming.definition(object)))) {
            differing.add(object.id().replaceFirst(":", " "));
          }
        });
    List<Obstacle> obstacles = new ArrayList<>();
    for (String name : differing.subList(0, Math.min(NAMED, differing.size()))) {
      obstacles.add(
          new Obstacle(
              name + " is in database " + shown + " already, and is another one",
              "make it the same there, drop it, or load into another database"));
    }
    if (differing.size() > NAMED) {
      obstacles.add(
          new Obstacle((differing.size() - NAMED) + " more objects there are others too", ""));
    }
    return obstacles;
  }

  private void standingAlone(java.util.function.Consumer<SchemaObject> each) {
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      objects
          .filter(object -> KINDS.contains(object.kind()) && object.datasets().isEmpty())
          .forEach(
              object -> {
                cancellation.check();
                each.accept(object);
              });
    }
  }

  /** What tells an object from others of the database, whatever its arguments are called. */
  private static String key(SchemaObject object) {
    Optional<String> signature = object.attribute(Attributes.SIGNATURE);
    return signature.orElse(object.id());
  }

  private static String text(String definition) {
    return definition.strip().replace("\r\n", "\n");
  }

  private boolean isVersion(int target) {
    return plan.origin().version().split("[.\\s]", 2)[0].equals(Integer.toString(target));
  }

  /** Whether servers of all versions spell a definition out in the same words. */
  private static boolean isSpeltAlike(SchemaObject object) {
    return switch (object.kind()) {
      case "function", "procedure" -> object.attribute(Attributes.SINCE).isEmpty();
      case "type" -> object.definition().contains(" AS ENUM (");
      default -> false;
    };
  }
}
