package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.said.Privileges;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Definitions that follow each other and can be made at the same time: none needs another but of
 * its own lane. What changes one thing is of one lane, so that no two sessions change it at once; a
 * thing that is new to the wave goes to the lane that has the least. Tables that inherit or are
 * parts have one lane in all: pg_dump asks which of them is older. Kinds that change things of
 * others (partitions, publications, extensions) have one lane in all. Privileges go with nothing
 * else: who may do something decides whether others may own it.
 */
final class Wave {
  private static final Set<String> APART =
      Set.of(
          "function",
          "procedure",
          "sequence",
          "table",
          "view",
          "sequence owner",
          "trigger",
          "policy",
          "row security",
          "forced row security",
          "replica identity",
          "cluster",
          "owner",
          Privileges.WORD,
          "comment");

  private static final String RELATED = "related tables";

  private final int most;
  private final List<List<SchemaObject>> lanes = new ArrayList<>();
  private final Map<String, Integer> placed = new HashMap<>();
  private final Map<String, Integer> laneOfThing = new HashMap<>();
  private boolean apart;
  private boolean privileges;

  /**
   * An empty wave.
   *
   * @param lanes at most
   * @param most how many definitions it takes
   */
  Wave(int lanes, int most) {
    this.most = most;
    for (int i = 0; i < lanes; i++) {
      this.lanes.add(new ArrayList<>());
    }
  }

  /** Whether a definition can go with those that are in it. */
  boolean takes(SchemaObject object) {
    if (placed.isEmpty()) {
      return true;
    }
    if (placed.size() >= most || isApart(object) != apart || isPrivileges(object) != privileges) {
      return false;
    }
    int lane = lane(object);
    return object.dependencies().stream().allMatch(id -> placed.getOrDefault(id, lane) == lane);
  }

  /** Adds one that it takes. */
  void add(SchemaObject object) {
    if (placed.isEmpty()) {
      apart = isApart(object);
      privileges = isPrivileges(object);
    }
    int lane = lane(object);
    lanes.get(lane).add(object);
    laneOfThing.put(changed(object), lane);
    placed.put(object.id(), lane);
  }

  private static boolean isApart(SchemaObject object) {
    return APART.contains(object.kind());
  }

  private static boolean isPrivileges(SchemaObject object) {
    return object.kind().equals(Privileges.WORD);
  }

  private int lane(SchemaObject object) {
    if (!isApart(object)) {
      return 0;
    }
    Integer known = laneOfThing.get(changed(object));
    return known != null ? known : shortest();
  }

  private int shortest() {
    int shortest = 0;
    for (int i = 1; i < lanes.size(); i++) {
      if (lanes.get(i).size() < lanes.get(shortest).size()) {
        shortest = i;
      }
    }
    return shortest;
  }

  /** What a definition changes. */
  private static String changed(SchemaObject object) {
    if (object.attribute(Attributes.RELATED).isPresent()) {
      return RELATED;
    }
    return object.datasets().isEmpty()
        ? object.name().toString()
        : object.datasets().get(0).toString();
  }

  /** The lanes that hold something, each in order. */
  List<List<SchemaObject>> lanes() {
    return lanes.stream().filter(lane -> !lane.isEmpty()).toList();
  }
}
