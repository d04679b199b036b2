package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.Attributes;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun.Stage;
import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What comes after the data: indexes and keys in parallel; then, one after the other because they
 * lock several tables each, the links between partitions' indexes and the foreign keys, unchecked;
 * their check in parallel; all that describes; the state of sequences.
 */
final class Finish {
  /** Small definitions carried out in one transaction. */
  private static final int TOGETHER = 50;

  private final ConnectionPool pool;
  private final LoadPlan plan;
  private final Renaming renaming;
  private final boolean resumed;
  private final Cancellation cancellation;
  private final IndexMemory memory;
  private final Set<String> reused;
  private final List<String> notes = new ArrayList<>();

  Finish(
      ConnectionPool pool,
      LoadPlan plan,
      Renaming renaming,
      boolean resumed,
      Cancellation cancellation,
      IndexMemory memory,
      Set<String> reused) {
    this.pool = pool;
    this.plan = plan;
    this.renaming = renaming;
    this.resumed = resumed;
    this.cancellation = cancellation;
    this.memory = memory;
    this.reused = Set.copyOf(reused);
  }

  /** What a person should know of the load. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  List<Stage> stages(ExtractRun.Conclusion conclusion) {
    List<Step> indexes = new ArrayList<>();
    List<SchemaObject> links = new ArrayList<>();
    List<SchemaObject> foreignKeys = new ArrayList<>();
    List<SchemaObject> rest = new ArrayList<>();
    if (plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        objects
            .filter(object -> object.phase() != Phase.BEFORE_DATA)
            .forEach(
                object -> {
                  if (object.phase() == Phase.AFTER_DATA) {
                    indexes.add(index(object));
                  } else {
                    switch (object.kind()) {
                      case "index partition" -> links.add(object);
                      case "foreign key" -> foreignKeys.add(object);
                      default -> rest.add(object);
                    }
                  }
                });
      }
    } else {
      try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
        datasets.forEach(dataset -> indexes.addAll(neutral(dataset)));
      }
    }
    List<SchemaObject> state =
        conclusion.state().stream()
            .filter(s -> s.dependencies().stream().noneMatch(reused::contains))
            .toList();
    if (memory.megabytes() > 0 && !indexes.isEmpty()) {
      notes.add("indexes were built with maintenance_work_mem of " + memory.megabytes() + " MB");
    }
    for (String id : reused) {
      notes.add(id.replaceFirst(":", " ") + " was there already and is used as it was");
    }
    List<Stage> stages = new ArrayList<>();
    add(stages, new Stage("indexes and keys", indexes));
    add(stages, inOrder("indexes of partitions", links));
    add(stages, new Stage("foreign keys", oneStep("foreign keys", foreignKeys, this::unchecked)));
    add(
        stages,
        new Stage(
            "foreign keys checked",
            foreignKeys.stream().filter(this::checkedApart).map(this::check).toList()));
    add(stages, inOrder("comments and details", rest));
    add(stages, inOrder("sequences", state));
    return stages;
  }

  private static void add(List<Stage> stages, Stage stage) {
    if (!stage.steps().isEmpty()) {
      stages.add(stage);
    }
  }

  private Step index(SchemaObject object) {
    return new Step(
        object.kind() + " " + object.name(),
        () ->
            once(
                object.kind() + " " + object.name(),
                "object " + object.id(),
                connection -> {
                  memory.use(connection);
                  Preparation.execute(
                      connection, renaming.definition(object), object, cancellation);
                }));
  }

  private List<Step> neutral(Dataset dataset) {
    List<Step> steps = new ArrayList<>();
    Relation table = renaming.relation(dataset.name());
    for (String definition : NeutralTable.keys(dataset, table)) {
      steps.add(
          new Step(
              "keys of " + table,
              () ->
                  once(
                      "keys of " + table,
                      "statement " + definition,
                      connection -> {
                        memory.use(connection);
                        run(connection, definition);
                      })));
    }
    return steps;
  }

  /** Whether a foreign key's rows are looked at in a step of its own. */
  private boolean checkedApart(SchemaObject key) {
    return key.attribute(Attributes.VALIDATED).orElse("false").equals("true")
        && key.attribute(Attributes.PARTITIONED).orElse("false").equals("false");
  }

  /**
   * Adding a foreign key locks two tables, in an order that the server chooses; two at once could
   * wait for each other. Unchecked it takes no time, so all are added one after the other; the
   * check, which does take time, locks in one direction only.
   */
  private String unchecked(SchemaObject key) {
    return renaming.definition(key) + (checkedApart(key) ? " NOT VALID" : "");
  }

  private Step check(SchemaObject key) {
    DatasetName table = key.datasets().get(0);
    String name = key.name().last();
    return new Step(
        "check " + key.name(),
        () ->
            once(
                "check of foreign key " + key.name(),
                "check " + key.id(),
                connection -> {
                  memory.use(connection);
                  run(
                      connection,
                      "ALTER TABLE ONLY "
                          + renaming.relation(table).quoted()
                          + " VALIDATE CONSTRAINT "
                          + Relation.quote(renaming.constraint(table, name)));
                }));
  }

  private static void run(Connection connection, String definition) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(definition);
    }
  }

  private Stage inOrder(String name, List<SchemaObject> objects) {
    return new Stage(name, oneStep(name, objects, renaming::definition));
  }

  private List<Step> oneStep(
      String name,
      List<SchemaObject> objects,
      java.util.function.Function<SchemaObject, String> definition) {
    return objects.isEmpty()
        ? List.of()
        : List.of(new Step(name, () -> carryOut(objects, definition)));
  }

  private void carryOut(
      List<SchemaObject> objects, java.util.function.Function<SchemaObject, String> definition) {
    for (int from = 0; from < objects.size(); from += TOGETHER) {
      cancellation.check();
      List<SchemaObject> together =
          objects.subList(from, Math.min(from + TOGETHER, objects.size()));
      try {
        pool.inTransaction(
            connection -> {
              for (SchemaObject object : together) {
                String item = "object " + object.id();
                if (!(resumed && Ledger.holds(connection, item))) {
                  Preparation.execute(connection, definition.apply(object), object, cancellation);
                  Ledger.mark(connection, item);
                }
              }
            });
      } catch (SQLException e) {
        throw SqlFailure.of("cannot finish the load", e, cancellation);
      }
    }
  }

  private void once(String what, String item, ConnectionPool.Work work) {
    cancellation.check();
    try {
      pool.inTransaction(
          connection -> {
            if (!(resumed && Ledger.holds(connection, item))) {
              work.on(connection);
              Ledger.mark(connection, item);
            }
          });
    } catch (SQLException e) {
      throw SqlFailure.of("cannot make " + what, e, cancellation);
    }
  }
}
