package dev.godwit.extractor.postgresql.schema.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The order in which objects can be made. Where they need each other in a circle, the circle is
 * opened where PostgreSQL can make something in two steps ({@link Splits}).
 */
final class Order {
  private final Map<Long, Node> nodes;
  private final Map<Long, Set<Dependencies.Edge>> edges;
  private final Splits splits;
  private final Comparator<Node> byName;
  private final List<Node> made = new ArrayList<>();
  private final Set<Long> done = new HashSet<>();
  private final Map<Long, Integer> missing = new HashMap<>();
  private final Map<Long, List<Long>> waiting = new HashMap<>();
  private final PriorityQueue<Node> ready;

  Order(
      Map<Long, Node> nodes,
      Map<Long, Set<Dependencies.Edge>> edges,
      Splits splits,
      List<Kind> kinds) {
    this.nodes = nodes;
    this.edges = edges;
    this.splits = splits;
    Map<String, Integer> rank = new HashMap<>();
    kinds.forEach(kind -> rank.putIfAbsent(kind.word(), rank.size()));
    this.byName =
        Comparator.<Node>comparingInt(n -> rank.getOrDefault(n.kind().word(), rank.size()))
            .thenComparing(Node::schema)
            .thenComparing(Node::name)
            .thenComparing(Node::quoted);
    this.ready = new PriorityQueue<>(byName);
  }

  /** All objects, those that were split off among them, each after those that it needs. */
  List<Node> all() {
    begin();
    while (true) {
      while (!ready.isEmpty()) {
        make(ready.poll());
      }
      if (made.size() == nodes.size()) {
        return List.copyOf(made);
      }
      open(circle());
      begin();
    }
  }

  private void begin() {
    missing.clear();
    waiting.clear();
    ready.clear();
    for (Node node : nodes.values()) {
      if (!done.contains(node.key())) {
        Set<Long> needs = needs(node.key());
        if (needs.isEmpty()) {
          ready.add(node);
        } else {
          missing.put(node.key(), needs.size());
          needs.forEach(to -> waiting.computeIfAbsent(to, k -> new ArrayList<>()).add(node.key()));
        }
      }
    }
  }

  private Set<Long> needs(long key) {
    Set<Long> needs = new HashSet<>();
    for (Dependencies.Edge edge : edges.getOrDefault(key, Set.of())) {
      if (!done.contains(edge.to())) {
        needs.add(edge.to());
      }
    }
    return needs;
  }

  private void make(Node node) {
    made.add(node);
    done.add(node.key());
    for (long freed : waiting.getOrDefault(node.key(), List.of())) {
      if (missing.merge(freed, -1, Integer::sum) == 0) {
        ready.add(nodes.get(freed));
      }
    }
  }

  /** The keys of a circle: each needs the next, the last the first. */
  private List<Long> circle() {
    long at =
        nodes.values().stream()
            .filter(n -> !done.contains(n.key()))
            .min(byName)
            .orElseThrow()
            .key();
    Map<Long, Integer> place = new LinkedHashMap<>();
    List<Long> path = new ArrayList<>();
    while (!place.containsKey(at)) {
      place.put(at, path.size());
      path.add(at);
      at = needs(at).stream().min(Comparator.comparing(nodes::get, byName)).orElseThrow();
    }
    return path.subList(place.get(at), path.size());
  }

  private void open(List<Long> circle) {
    for (int i = 0; i < circle.size(); i++) {
      if (splits.split(circle.get(i), circle.get((i + 1) % circle.size()))) {
        return;
      }
    }
    // Nothing of it can be made in two steps: one is made too early, and the server may say so.
    long from = circle.get(0);
    long to = circle.get(1 % circle.size());
    edges.get(from).removeIf(edge -> edge.to() == to);
  }
}
