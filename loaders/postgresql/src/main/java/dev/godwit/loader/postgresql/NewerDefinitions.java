package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.Loader.Obstacle;
import java.util.ArrayList;
import java.util.List;

/**
 * Definitions that a server is too old to understand; some of them are named. It refuses each of
 * them, so a load that goes on without what is refused is not held up by them.
 */
final class NewerDefinitions {
  private static final int NAMED = 5;

  private final List<SchemaObject> tooNew = new ArrayList<>();

  /** Learns whether a server of a version, such as 15, understands a definition. */
  void learn(SchemaObject object, int version) {
    object
        .attribute(Attributes.SINCE)
        .filter(since -> Integer.parseInt(since) > version && tooNew.size() < NAMED)
        .ifPresent(since -> tooNew.add(object));
  }

  List<Obstacle> obstacles() {
    return tooNew.stream()
        .map(
            object ->
                new Obstacle(
                    object.kind()
                        + " "
                        + object.name()
                        + " needs PostgreSQL "
                        + object.attribute(Attributes.SINCE).orElseThrow()
                        + " or newer",
                    "load into a newer server, "
                        + (object.kind().equals("table") ? "leave it out with --exclude, " : "")
                        + "or go on without what is refused with --keep-going"))
        .toList();
  }
}
