package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Drops definitions that need a table which is not among them, and those that need such a one: a
 * view of a table that could not be read when its backup went on without it.
 */
final class PresentObjects {
  private static final String TABLE = "table:";

  private final Set<String> tables = new HashSet<>();
  private final Set<String> dropped = new HashSet<>();

  private PresentObjects() {}

  /** Those of a stream in its order, in which each comes after what it needs, that can be made. */
  static Stream<SchemaObject> of(Stream<SchemaObject> objects) {
    PresentObjects present = new PresentObjects();
    return objects.sequential().filter(present::take);
  }

  /** What is dropped of a stream. */
  static List<String> droppedOf(Stream<SchemaObject> objects) {
    PresentObjects present = new PresentObjects();
    return objects
        .sequential()
        .filter(object -> !present.take(object))
        .filter(object -> object.phase() != SchemaObject.Phase.LAST || !isSaid(object))
        .map(object -> object.kind() + " " + object.name())
        .toList();
  }

  private static boolean isSaid(SchemaObject object) {
    return Set.of("owner", "privileges", "comment").contains(object.kind());
  }

  private boolean take(SchemaObject object) {
    if (object.kind().equals("table")) {
      tables.add(object.id());
    }
    for (String needed : object.dependencies()) {
      if (dropped.contains(needed) || (needed.startsWith(TABLE) && !tables.contains(needed))) {
        dropped.add(object.id());
        return false;
      }
    }
    return true;
  }
}
