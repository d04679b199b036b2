package dev.godwit.extractor.postgresql.schema.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is made in two steps, so that objects can need each other: a view with another query first,
 * a table without a default or check, a type as a shell, a function without its body.
 */
final class Splits {
  private final Scope scope;
  private final Map<Long, Node> nodes;
  private final Map<Long, Set<Dependencies.Edge>> edges;
  private final Map<Integer, Kind> parts;
  private final Kind shell;
  private final Kind stub;
  private final Set<Long> apart = new HashSet<>();
  private final Map<Kind, Map<Integer, Node>> listed = new HashMap<>();

  /**
   * Splits of a graph.
   *
   * @param parts the kinds that parts of objects become, by the catalogue of the part
   * @param shell the kind that a type becomes which its own functions need
   * @param stub the kind that a function becomes which functions need that it calls
   */
  Splits(
      Scope scope,
      Map<Long, Node> nodes,
      Map<Long, Set<Dependencies.Edge>> edges,
      Map<Integer, Kind> parts,
      Kind shell,
      Kind stub) {
    this.scope = scope;
    this.nodes = nodes;
    this.edges = edges;
    this.parts = parts;
    this.shell = shell;
    this.stub = stub;
  }

  /** The keys of the parts that are made apart. */
  Set<Long> apart() {
    return apart;
  }

  /** Makes an edge go away; false where nothing can be made in two steps for it. */
  boolean split(long from, long to) {
    Set<Long> vias = new HashSet<>();
    edges.get(from).stream().filter(e -> e.to() == to).forEach(e -> vias.add(e.via()));
    if (vias.stream().allMatch(via -> via != 0 && part(via) != null)) {
      vias.forEach(via -> separate(from, via));
      return true;
    }
    return shell(from, to) || stub(from, to);
  }

  /** Makes a part of an object apart, if it can be. */
  boolean separate(long whole, long via) {
    Node part = part(via);
    if (part == null || !apart.add(via)) {
      return false;
    }
    Set<Dependencies.Edge> own = new HashSet<>();
    edges.get(whole).removeIf(edge -> edge.via() == via && own.add(edge));
    Set<Dependencies.Edge> moved = new HashSet<>();
    own.forEach(edge -> moved.add(new Dependencies.Edge(edge.to(), 0)));
    moved.add(new Dependencies.Edge(whole, 0));
    nodes.put(part.key(), part);
    edges.put(part.key(), moved);
    return true;
  }

  private Node part(long via) {
    Kind kind = parts.get(Catalog.of(via));
    return kind == null ? null : list(kind).get(Catalog.oid(via));
  }

  /** A function needs no more than the shell of a type that it reads, prints or makes canonical. */
  private boolean shell(long from, long to) {
    Node type = list(shell).get(Catalog.oid(to));
    if (type == null || Catalog.of(to) != Catalog.TYPE || Catalog.of(from) != Catalog.PROC) {
      return false;
    }
    long key = type.key();
    if (nodes.putIfAbsent(key, type) == null) {
      Set<Dependencies.Edge> schema = new HashSet<>();
      edges.getOrDefault(to, Set.of()).stream()
          .filter(e -> Catalog.of(e.to()) == Catalog.NAMESPACE)
          .forEach(schema::add);
      edges.put(key, schema);
      edges.computeIfAbsent(to, k -> new HashSet<>()).add(new Dependencies.Edge(key, 0));
    }
    edges.get(from).removeIf(edge -> edge.to() == to);
    edges.get(from).add(new Dependencies.Edge(key, 0));
    return true;
  }

  /** What calls a function needs no more than its name, until it is called. */
  private boolean stub(long from, long to) {
    Node function = Catalog.of(to) == Catalog.PROC ? list(stub).get(Catalog.oid(to)) : null;
    if (function == null || Catalog.of(from) != Catalog.PROC) {
      return false;
    }
    long key = function.key();
    if (nodes.putIfAbsent(key, function) == null) {
      Set<Dependencies.Edge> types = new HashSet<>();
      edges.getOrDefault(to, Set.of()).stream()
          .filter(e -> Catalog.of(e.to()) != Catalog.PROC)
          .forEach(types::add);
      edges.put(key, types);
      edges.computeIfAbsent(to, k -> new HashSet<>()).add(new Dependencies.Edge(key, 0));
    }
    edges.get(from).removeIf(edge -> edge.to() == to);
    edges.get(from).add(new Dependencies.Edge(key, 0));
    return true;
  }

  private Map<Integer, Node> list(Kind kind) {
    return listed.computeIfAbsent(
        kind,
        k -> {
          Map<Integer, Node> all = new HashMap<>();
          k.lister().list(scope, k).forEach(node -> all.put(node.oid(), node));
          return all;
        });
  }
}
