package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Steps that make indexes, and the keys that are indexes. Indexes of one table are built beside
 * each other; making a key of one, or a part of its parent's index, needs the table for itself.
 */
final class IndexSteps {
  private static final String LINKS = "indexes of partitions";

  private final Pieces pieces;
  private final ConnectionPool pool;
  private final Renaming renaming;
  private final IndexMemory memory;
  private final TableSizes sizes;
  private final VisiblePages visible;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, String> made = new HashMap<>();
  private final Map<DatasetName, List<String>> ofTable = new HashMap<>();

  IndexSteps(
      Pieces pieces,
      ConnectionPool pool,
      Renaming renaming,
      IndexMemory memory,
      TableSizes sizes,
      VisiblePages visible) {
    this.pieces = pieces;
    this.pool = pool;
    this.renaming = renaming;
    this.memory = memory;
    this.sizes = sizes;
    this.visible = visible;
  }

  /** The steps so far, each after those that it waits for. */
  List<Step> steps() {
    return steps;
  }

  /** The name of the step after which an object is there; empty where none of these makes it. */
  Optional<String> made(String id) {
    return Optional.ofNullable(made.get(id));
  }

  /** Adds what makes an index or a key, unless it was made already. */
  void add(SchemaObject object) {
    if (pieces.isDone(object)) {
      return;
    }
    DatasetName table = object.datasets().get(0);
    String name = object.kind() + " " + object.name();
    String definition = renaming.definition(object);
    boolean index = object.kind().equals("index");
    boolean whole = index || object.attribute(Attributes.INHERITED).isPresent();
    Optional<UniqueKey> key =
        whole || !sizes.holdsRows(table) ? Optional.empty() : UniqueKey.of(definition);
    if (key.isEmpty()) {
      Set<String> itself = Set.of(table.toString());
      steps.add(
          new Step(
              name,
              visible.before(table),
              index ? itself : Set.of(),
              index ? Set.of() : itself,
              effort(table),
              () -> build(object, Making.item(object), definition)));
    } else {
      String built = "index of " + name;
      steps.add(
          new Step(
              built,
              visible.before(table),
              Set.of(table.toString()),
              Set.of(),
              effort(table),
              () -> build(object, "index of " + object.id(), key.get().index())));
      steps.add(
          new Step(
              name,
              List.of(built),
              Set.of(),
              Set.of(table.toString()),
              0,
              () ->
                  pieces.once(
                      object,
                      Making.item(object),
                      () -> Places.statements(key.get().constraint(), object))));
    }
    made.put(object.id(), name);
    ofTable.computeIfAbsent(table, t -> new ArrayList<>()).add(name);
  }

  /** The names of the steps after which a table has its indexes. */
  List<String> of(DatasetName table) {
    return ofTable.getOrDefault(table, List.of());
  }

  private long effort(DatasetName table) {
    return Math.max(0, sizes.rows(table));
  }

  private void build(SchemaObject object, String item, String definition) {
    pieces.once(
        object,
        item,
        () -> {
          List<String> statements = new ArrayList<>();
          statements.addAll(memory.toSort(sizes.rows(object), pool.busy()));
          statements.addAll(Places.statements(definition, object));
          return statements;
        });
  }

  /** Adds what makes indexes of partitions parts of their parents', in this order. */
  void link(List<SchemaObject> links) {
    if (links.isEmpty()) {
      return;
    }
    Set<String> tables =
        links.stream()
            .flatMap(link -> link.datasets().stream())
            .map(DatasetName::toString)
            .collect(Collectors.toSet());
    List<String> after =
        links.stream()
            .flatMap(link -> link.dependencies().stream())
            .map(made::get)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    steps.add(
        new Step(
            LINKS, after, Set.of(), tables, 0, () -> pieces.inOrder(links, renaming::definition)));
    // A parent's index is of use only with all its parts.
    links.forEach(link -> made.put(link.dependencies().get(0), LINKS));
  }
}
