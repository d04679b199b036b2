package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import java.util.List;
import java.util.stream.Stream;

/**
 * Subscriptions: made disabled, so that a copy never takes the changes that its source waits for. A
 * person must know, and connect them.
 */
final class Disconnected {
  private static final int SHOWN = 5;

  private Disconnected() {}

  /** What is to be known of a plan's subscriptions, in one line; or none. */
  static List<String> note(LoadPlan plan) {
    if (!plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
      return List.of();
    }
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      List<String> names =
          objects
              .filter(object -> object.kind().equals("subscription"))
              .map(object -> object.name().last())
              .toList();
      String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
      return names.isEmpty()
          ? List.of()
          : List.of(
              "subscriptions are disabled: "
                  + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                  + more
                  + "; alter subscription enables one, once its connection is right and its slot is no"
                  + " other's");
    }
  }
}
