package dev.godwit.loader.postgresql;

import dev.godwit.spi.load.Loader.Obstacle;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * New names that are longer than the server's: it would cut them in silence, and what is loaded
 * would be looked for under a name that nothing has.
 */
final class LongNames {
  private final SortedSet<String> found = new TreeSet<>();

  /** Learns what a definition makes in the target. */
  void learn(List<Relation> made) {
    for (Relation relation : made) {
      if (NeutralNames.isTooLong(relation.name()) || NeutralNames.isTooLong(relation.schema())) {
        found.add(relation.toString());
      }
    }
  }

  List<Obstacle> obstacles() {
    return found.stream().map(LongNames::obstacle).toList();
  }

  /** What is said of one table. */
  static Obstacle obstacle(String table) {
    return new Obstacle(
        "the name of " + table + " has more than " + NeutralNames.LONGEST + " bytes",
        "give it another name with --rename");
  }
}
