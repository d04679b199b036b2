package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Steps that make foreign keys. Adding one locks both its tables, in an order that the server
 * chooses, so it has them for itself. Unchecked it takes no time; the check, which does, locks out
 * only what else would be done to its own table.
 */
final class ForeignKeySteps {
  /** One that is checked as it is added may lock tables that it does not name: partitions. */
  private static final String ADDING = "adding foreign keys";

  private final Pieces pieces;
  private final Renaming renaming;
  private final IndexMemory memory;
  private final TableSizes sizes;
  private final VisiblePages visible;
  private final IndexSteps indexes;

  ForeignKeySteps(
      Pieces pieces,
      Renaming renaming,
      IndexMemory memory,
      TableSizes sizes,
      VisiblePages visible,
      IndexSteps indexes) {
    this.pieces = pieces;
    this.renaming = renaming;
    this.memory = memory;
    this.sizes = sizes;
    this.visible = visible;
    this.indexes = indexes;
  }

  /** The steps of a foreign key: it is added, and then, where the source's was, checked. */
  List<Step> of(SchemaObject key) {
    String name = key.kind() + " " + key.name();
    boolean partitioned = is(key, Attributes.PARTITIONED);
    boolean apart = is(key, Attributes.VALIDATED) && !partitioned;
    Set<String> tables =
        key.datasets().stream().map(DatasetName::toString).collect(Collectors.toSet());
    List<String> after = new ArrayList<>();
    if (partitioned) {
      indexes.steps().forEach(step -> after.add(step.name()));
    } else {
      key.dependencies().stream().map(indexes::made).flatMap(Optional::stream).forEach(after::add);
      if (key.attribute(NeutralKeys.IN_TARGETS_NAMES).isPresent()) { // its key may be any of these
        after.addAll(indexes.of(key.datasets().get(key.datasets().size() - 1)));
      }
    }
    List<Step> steps = new ArrayList<>();
    String definition = renaming.definition(key) + (apart ? " NOT VALID" : "");
    steps.add(
        new Step(
            name,
            after,
            partitioned ? Set.of() : Set.of(ADDING),
            partitioned ? Set.of(ADDING) : tables,
            0,
            () -> pieces.once(key, Making.item(key), () -> List.of(definition))));
    if (apart) {
      steps.add(check(key, name));
    }
    return steps;
  }

  private static boolean is(SchemaObject key, String attribute) {
    return key.attribute(attribute).orElse("false").equals("true");
  }

  private Step check(SchemaObject key, String added) {
    DatasetName table = key.datasets().get(0);
    DatasetName target = key.datasets().get(key.datasets().size() - 1);
    String statement =
        "ALTER TABLE ONLY "
            + renaming.relation(table).quoted()
            + " VALIDATE CONSTRAINT "
            + Relation.quote(renaming.constraint(table, key.name().last()));
    // Indexes of the table cannot be built meanwhile, but several of them at once.
    List<String> after = new ArrayList<>(indexes.of(table));
    after.add(added);
    Optional<String> byIndexes = visible.toCheck(table, target);
    if (byIndexes.isPresent()) {
      after.addAll(visible.before(table));
      after.addAll(visible.before(target));
    }
    return new Step(
        "check of " + added,
        after,
        Set.of(),
        Set.of(table.toString()),
        Math.max(0, sizes.rows(table)),
        () ->
            pieces.once(
                key,
                "check " + key.id(),
                () ->
                    Stream.of(
                            Stream.of(memory.toLookUp(sizes.rows(target))),
                            byIndexes.stream(),
                            Stream.of(statement))
                        .flatMap(each -> each)
                        .toList()));
  }
}
