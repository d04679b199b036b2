package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.Loader.Obstacle;
import java.util.ArrayList;
import java.util.List;

/** Definitions that a server is too old to understand; some of them are named. */
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
                    "load into a newer server, or leave it out with --exclude"))
        .toList();
  }
}
