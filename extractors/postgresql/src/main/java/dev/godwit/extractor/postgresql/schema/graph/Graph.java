package dev.godwit.extractor.postgresql.schema.graph;

import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which objects of a database are taken, what each of them needs, and the order in which they can
 * be made. Holds ids and names only: a few hundred bytes for each.
 */
public final class Graph {
  private final Map<Long, Node> nodes = new LinkedHashMap<>();
  private final Map<Long, Set<Dependencies.Edge>> edges;
  private final Dependencies dependencies;
  private final Splits splits;
  private final List<Node> ordered;
  private final List<Node> dropped = new ArrayList<>();
  private final Map<Long, Phase> phases = new HashMap<>();
  private final Map<String, List<Node>> ofKind = new HashMap<>();

  /**
   * The graph of what a scope takes.
   *
   * @param kinds all kinds, in the order in which they are made where nothing else decides
   * @param parts what parts of objects become that are made apart, by the part's catalogue
   * @param shell what a type becomes that its own functions need
   * @param stub what a function becomes that the functions need which it calls
   */
  public Graph(Scope scope, List<Kind> kinds, Map<Integer, Kind> parts, Kind shell, Kind stub) {
    kinds.forEach(
        kind -> kind.lister().list(scope, kind).forEach(node -> nodes.put(node.key(), node)));
    this.dependencies = new Dependencies(scope.query(), nodes);
    this.edges = dependencies.edges();
    if (!scope.whole()) {
      keep(reachable(scope));
    } else if (!scope.left().isEmpty()) {
      keep(withoutLeft(scope, reachable(scope)));
    }
    this.splits = new Splits(scope, nodes, edges, parts, shell, stub);
    splitWhatTablesNeedEarly();
    dependencies.needThemselves().forEach(this::splitFromItself);
    this.ordered = new Order(nodes, edges, splits, kinds).all();
    for (Node node : ordered) {
      Phase phase = dependencies.needKeys().contains(node.key()) ? Phase.LAST : Phase.BEFORE_DATA;
      phase = later(phase, node.kind().phase());
      for (Dependencies.Edge edge : edges.getOrDefault(node.key(), Set.of())) {
        phase = later(phase, phases.getOrDefault(edge.to(), Phase.BEFORE_DATA));
      }
      phases.put(node.key(), phase);
      ofKind.computeIfAbsent(node.kind().word(), k -> new ArrayList<>()).add(node);
    }
  }

  private static Phase later(Phase one, Phase other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Those taken, each after those that it needs. */
  public List<Node> ordered() {
    return ordered;
  }

  /** Those taken of one kind, in their order. */
  public List<Node> ordered(String word) {
    return ofKind.getOrDefault(word, List.of());
  }

  /** When an object can be made: with its kind, or once what it needs is there. */
  public Phase phase(Node node) {
    return phases.get(node.key());
  }

  /** An object; null where it is not taken. */
  public Node node(int catalogue, int oid) {
    return nodes.get(Catalog.key(catalogue, oid));
  }

  /** A table, view or other relation by its id; null where it is not taken. */
  public Node relation(int oid) {
    return node(Catalog.CLASS, oid);
  }

  /** Whether a part (a default, a check, a view's rule) is made apart from what it belongs to. */
  public boolean isApart(int catalogue, int part) {
    return splits.apart().contains(Catalog.key(catalogue, part));
  }

  /** The definitions that the one of this node needs. */
  public List<String> needsOf(Node node) {
    Set<String> ids = new TreeSet<>();
    for (Dependencies.Edge edge : edges.getOrDefault(node.key(), Set.of())) {
      if (nodes.containsKey(edge.to())) {
        ids.add(nodes.get(edge.to()).id());
      }
    }
    return List.copyOf(ids);
  }

  /** The definitions that an index, key or foreign key needs beside its table's. */
  public List<String> needsOfLater(int catalogue, int oid) {
    Set<String> ids = new TreeSet<>();
    for (long to : dependencies.later().getOrDefault(Catalog.key(catalogue, oid), Set.of())) {
      if (nodes.containsKey(to)) {
        ids.add(nodes.get(to).id());
      }
    }
    return List.copyOf(ids);
  }

  /** What an object needs that is of no kind listed, as keys of {@link Catalog}. */
  public Set<Long> unknownTo(Node node) {
    return dependencies.unknown().getOrDefault(node.key(), Set.of());
  }

  /** The tables taken, what hangs on them, and what these need. */
  private Set<Long> reachable(Scope scope) {
    Set<Long> reached = new HashSet<>();
    ArrayDeque<Long> open = new ArrayDeque<>();
    for (Node node : nodes.values()) {
      if (scope.relations().containsKey(node.relation())) {
        open.add(node.key());
      }
    }
    // The rows of a table that an extension makes need the extension.
    scope.relations().keySet().stream()
        .map(id -> Catalog.key(Catalog.CLASS, id))
        .filter(key -> !nodes.containsKey(key))
        .forEach(key -> open.add(dependencies.owner(key)));
    scope.types().forEach(type -> open.add(dependencies.owner(Catalog.key(Catalog.TYPE, type))));
    Map<Long, Set<Long>> laterParts = dependencies.laterOfWhole();
    while (!open.isEmpty()) {
      long key = open.poll();
      if (nodes.containsKey(key) && reached.add(key)) {
        edges.getOrDefault(key, Set.of()).forEach(edge -> open.add(edge.to()));
        laterParts.getOrDefault(key, Set.of()).stream()
            // A foreign key to a table that is not taken is left out, not the table taken.
            .filter(to -> Catalog.of(to) != Catalog.CLASS)
            .forEach(open::add);
      }
    }
    return reached;
  }

  /** All but what belongs to a table that is left, or needs it; what is reached stays. */
  private Set<Long> withoutLeft(Scope scope, Set<Long> reached) {
    Map<Long, List<Long>> needed = new HashMap<>();
    edges.forEach(
        (from, all) ->
            all.forEach(
                edge -> needed.computeIfAbsent(edge.to(), k -> new ArrayList<>()).add(from)));
    ArrayDeque<Long> open = new ArrayDeque<>();
    nodes.values().stream()
        .filter(node -> scope.left().containsKey(node.relation()) || needsLeft(scope, node))
        .forEach(node -> open.add(node.key()));
    Set<Long> kept = new HashSet<>(nodes.keySet());
    for (Long key; (key = open.poll()) != null; ) {
      if (!reached.contains(key) && kept.remove(key)) {
        open.addAll(needed.getOrDefault(key, List.of()));
      }
    }
    return kept;
  }

  private boolean needsLeft(Scope scope, Node node) {
    return unknownTo(node).stream()
        .anyMatch(key -> dependencies.isOfRelation(key, scope.left().keySet()));
  }

  private void keep(Set<Long> kept) {
    nodes.values().stream().filter(node -> !kept.contains(node.key())).forEach(dropped::add);
    nodes.keySet().retainAll(kept);
    edges.keySet().retainAll(kept);
    edges.values().forEach(all -> all.removeIf(edge -> !kept.contains(edge.to())));
  }

  /** Those that are not taken; of tables there are none among them. */
  public List<Node> dropped() {
    return List.copyOf(dropped);
  }

  private void splitFromItself(long view, long rule) {
    if (nodes.containsKey(view)) {
      splits.separate(view, rule);
    }
  }

  /** A view that needs a key comes after the data: what tables need of it must be there before. */
  private void splitWhatTablesNeedEarly() {
    if (dependencies.needKeys().isEmpty()) {
      return;
    }
    Set<Long> early = new HashSet<>();
    ArrayDeque<Long> open = new ArrayDeque<>();
    nodes.values().stream()
        .filter(node -> node.kind().word().equals("table"))
        .forEach(node -> open.add(node.key()));
    while (!open.isEmpty()) {
      long key = open.poll();
      if (early.add(key)) {
        edges.getOrDefault(key, Set.of()).forEach(edge -> open.add(edge.to()));
      }
    }
    for (long key : List.copyOf(dependencies.needKeys())) {
      if (early.contains(key) && nodes.containsKey(key)) {
        Set<Long> vias = new HashSet<>();
        edges.get(key).forEach(edge -> vias.add(edge.via()));
        vias.stream()
            .filter(via -> via != 0 && splits.separate(key, via))
            .forEach(
                via -> {
                  dependencies.needKeys().remove(key);
                  dependencies.needKeys().add(via);
                });
      }
    }
  }
}
