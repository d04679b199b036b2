package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.LeftOutByKind;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun.Stage;
import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What comes after the data: indexes, keys and foreign keys, several at once; then, one after the
 * other, all that describes, and the state of sequences.
 */
final class Finish {
  private final ConnectionPool pool;
  private final LoadPlan plan;
  private final Renaming renaming;
  private final IndexMemory memory;
  private final Set<String> reused;
  private final Set<String> ofOthers;
  private final Set<String> unsaid = new TreeSet<>();
  private final Pieces pieces;
  private final TableSizes sizes;
  private final ReferencedKeys referenced;
  private final NeutralKeys neutral;
  private final VisiblePages visible;

  Finish(
      ConnectionPool pool,
      LoadPlan plan,
      Renaming renaming,
      Making making,
      IndexMemory memory,
      Set<String> reused,
      Set<String> ofOthers,
      Cancellation cancellation) {
    this.pool = pool;
    this.plan = plan;
    this.renaming = renaming;
    this.memory = memory;
    this.reused = Set.copyOf(reused);
    this.ofOthers = Set.copyOf(ofOthers);
    this.pieces = new Pieces(making);
    this.sizes = TableSizes.of(plan.catalogue());
    this.referenced = ReferencedKeys.of(plan);
    this.neutral = new NeutralKeys(plan, renaming);
    IndexedReferences references = IndexedReferences.of(plan.catalogue(), sizes);
    this.visible = new VisiblePages(references, pool, renaming, sizes, cancellation);
  }

  /** Makes the keys of a table that others refer to. */
  void loaded(DatasetName table) {
    IndexSteps keys = indexes();
    referenced.of(table).forEach(keys::add);
    keys.steps().forEach(step -> step.work().run());
  }

  private IndexSteps indexes() {
    return new IndexSteps(pieces, pool, renaming, memory, sizes, visible);
  }

  /** What a person should know of the load. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (memory.most() > 0) {
      notes.add("indexes were built with maintenance_work_mem of " + memory.most() + " MB at most");
    }
    for (String id : reused) {
      notes.add(id.replaceFirst(":", " ") + " was there already and is used as it was");
    }
    for (String id : unsaid) {
      notes.add(
          id.replaceFirst(":", " ")
              + " belongs to others, and keeps its owner, its privileges and its comment");
    }
    notes.addAll(neutral.notes());
    ForeignDefinitions.note(plan).ifPresent(notes::add);
    return notes;
  }

  List<Stage> stages(ExtractRun.Conclusion conclusion) {
    List<Stage> stages = new ArrayList<>();
    List<SchemaObject> links = new ArrayList<>();
    List<SchemaObject> foreignKeys = new ArrayList<>();
    List<SchemaObject> rest = new ArrayList<>();
    IndexSteps indexes = indexes();
    if (plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        objects
            .filter(object -> object.phase() != Phase.BEFORE_DATA)
            .forEach(
                object -> {
                  if (object.phase() == Phase.AFTER_DATA) {
                    indexes.add(object);
                  } else {
                    switch (object.kind()) {
                      case "index partition" -> links.add(object);
                      case "foreign key" -> foreignKeys.add(object);
                      default -> addUnlessOfOthers(rest, object);
                    }
                  }
                });
      }
    }
    neutral.indexes().forEach(indexes::add);
    foreignKeys.addAll(neutral.foreignKeys());
    indexes.link(links);
    List<Step> keys = new ArrayList<>(visible.steps());
    keys.addAll(indexes.steps());
    ForeignKeySteps foreign =
        new ForeignKeySteps(pieces, renaming, memory, sizes, visible, indexes);
    foreignKeys.forEach(key -> keys.addAll(foreign.of(key)));
    add(stages, new Stage("indexes and keys", keys));
    add(stages, inOrder("comments and details", rest));
    List<SchemaObject> state =
        conclusion.state().stream()
            .filter(s -> s.dependencies().stream().noneMatch(reused::contains))
            .toList();
    add(stages, inOrder("sequences", state));
    return stages;
  }

  /** What was there already, or is somebody else's, keeps its owner, privileges and comment. */
  private void addUnlessOfOthers(List<SchemaObject> rest, SchemaObject object) {
    String of = LeftOutByKind.isSaidOfAnother(object) ? object.dependencies().get(0) : "";
    if (ofOthers.contains(of)) {
      unsaid.add(of);
    } else if (!reused.contains(of)) {
      rest.add(object);
    }
  }

  private static void add(List<Stage> stages, Stage stage) {
    if (!stage.steps().isEmpty()) {
      stages.add(stage);
    }
  }

  private Stage inOrder(String name, List<SchemaObject> objects) {
    return new Stage(
        name,
        objects.isEmpty()
            ? List.of()
            : List.of(new Step(name, () -> pieces.inOrder(objects, renaming::definition))));
  }
}
