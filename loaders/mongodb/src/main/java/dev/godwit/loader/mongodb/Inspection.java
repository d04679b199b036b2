package dev.godwit.loader.mongodb;

import dev.godwit.extractor.mongodb.schema.Collections;
import dev.godwit.extractor.mongodb.schema.Kinds;
import dev.godwit.extractor.mongodb.schema.ListedCollection;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.loader.mongodb.LoadOptions.IfExists;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonDocument;

/** Looks for everything that stands in the way of a plan. Writes nothing. */
final class Inspection {
  /** How to remove what a load left that did not come to its end. */
  private static final String REMOVED =
      "drop the database, or its collection " + Collections.LEDGER + " and what was loaded";

  private final Target target;
  private final LoadPlan plan;
  private final LoadOptions options;
  private final Cancellation cancellation;
  private final List<Obstacle> obstacles = new ArrayList<>();
  private final Map<String, DatasetName> byCollection = new HashMap<>();

  Inspection(Target target, LoadPlan plan, LoadOptions options, Cancellation cancellation) {
    this.target = target;
    this.plan = plan;
    this.options = options;
    this.cancellation = cancellation;
  }

  List<Obstacle> obstacles() {
    // The driver breaks off at such a name, so nothing is asked of it.
    Optional<String> wrong = NameRules.ofDatabase(target.database());
    if (wrong.isPresent()) {
      return List.of(
          new Obstacle(
              "no database can be called " + target.database() + ": its name " + wrong.get(),
              "name another database in the URI"));
    }
    Optional<String> unfinished = new Ledger(target).plan();
    if (unfinished.isPresent() && !(plan.resume() && unfinished.get().equals(plan.id()))) {
      return List.of(
          new Obstacle(
              plan.resume()
                  ? "the unfinished load in database " + target.database() + " is of another plan"
                  : "an unfinished load is in database " + target.database(),
              plan.resume()
                  ? "go on as it was begun: the same snapshot, filters, renames, mapping and masks; or "
                      + REMOVED
                  : REMOVED,
              true));
    }
    if (unfinished.isPresent()
        && options.ifExists() != IfExists.KEEP
        && new Ledger(target).keepsOthers()) {
      return List.of(
          new Obstacle(
              "the unfinished load in database "
                  + target.database()
                  + " was to keep the documents that were there",
              "go on with --if-exists keep: without it they would be replaced",
              true));
    }
    boolean fresh = unfinished.isEmpty();
    Set<String> there =
        fresh && options.ifExists() == IfExists.FAIL
            ? Collections.of(target.server(), target.database()).stream()
                .map(ListedCollection::name)
                .collect(Collectors.toSet())
            : Set.of();
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      datasets.forEach(dataset -> look(dataset, there));
    }
    if (plan.origin().engine().equals(MongoConnection.ENGINE)) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        objects.forEach(object -> look(object, there));
      }
    }
    if (fresh && options.ifExists() != IfExists.FAIL) {
      lookBeside();
    }
    return obstacles;
  }

  private void look(Dataset dataset, Set<String> there) {
    cancellation.check();
    boolean documents =
        dataset.schema().getFields().size() == 1
            && FieldKind.of(dataset.schema().getFields().get(0)) == FieldKind.BSON;
    if (!documents) {
      add(dataset.name() + " holds rows, not documents", "leave it out with --exclude");
    }
    lookAtName(dataset.name());
    lookAtFields(dataset);
    if (there.contains(target.collection(dataset.name()))) {
      add(
          "collection " + target.display(dataset.name()) + " is there already",
          "name an empty database or another name with --rename, or say what becomes of its"
              + " documents with --if-exists keep or replace");
    }
  }

  private void lookAtFields(Dataset dataset) {
    String path = dataset.attributes().get(Dataset.DOLLAR_FIELD);
    if (path != null && NameRules.refusesDollarField(path, target.server().wireVersion())) {
      add(
          "%s would have a field %s, and %s takes no name there that begins with a dollar"
              .formatted(dataset.name(), path, target.server().host()),
          "give the column another name, or leave it out, in a mapping file (--save-mapping,"
              + " --mapping)");
    }
  }

  private void lookAtName(DatasetName name) {
    String collection = target.collection(name);
    if (collection.equals(Collections.LEDGER)) {
      add(
          name + " would be called as the ledger is, " + Collections.LEDGER,
          "give it another name with --rename");
      return;
    }
    Optional<String> wrong =
        NameRules.ofCollection(target.database(), collection, target.server().wireVersion());
    if (wrong.isPresent() && !collection.equals("system.js")) {
      add(
          name + " cannot be a collection: its name " + wrong.get(),
          "give it another name with --rename");
    }
    DatasetName other = byCollection.putIfAbsent(collection, name);
    if (other != null) {
      add(
          other + " and " + name + " would both be collection " + target.display(name),
          "give one of them another name with --rename");
    }
  }

  private void look(SchemaObject object, Set<String> there) {
    cancellation.check();
    if (object.kind().equals(Kinds.VIEW) && there.contains(target.collection(object.name()))) {
      add("view " + target.display(object.name()) + " is there already", "drop it first");
    }
    if (object.kind().equals(Kinds.COLLECTION)) {
      BsonDocument command = Kinds.document(object);
      for (NewerThing thing : NewerThing.values()) {
        if (thing.isIn(command) && target.server().wireVersion() < thing.wireVersion()) {
          add(
              object.name()
                  + " is made with "
                  + thing.words()
                  + ", which "
                  + target.server().host()
                  + " does not know",
              "load into MongoDB " + thing.version() + " or newer, or leave it out with --exclude");
        }
      }
    }
  }

  /** What is there already and cannot be gone beside. */
  private void lookBeside() {
    Neighbours neighbours = new Neighbours(target);
    boolean ours = plan.origin().engine().equals(MongoConnection.ENGINE);
    Set<DatasetName> notById = new HashSet<>();
    if (ours) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        objects.forEach(
            object -> {
              if (object.kind().equals(Kinds.VIEW)) {
                neighbours.inTheWayOfView(object.name()).ifPresent(obstacles::add);
              } else if (object.kind().equals(Kinds.COLLECTION)
                  && !Preparation.byId(Kinds.document(object))) {
                notById.add(object.name());
              }
            });
      }
    }
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      datasets.forEach(
          dataset ->
              neighbours
                  .inTheWayOf(
                      dataset.name(),
                      ours ? dataset.kind() : ListedCollection.Kind.ORDINARY.word(),
                      !notById.contains(dataset.name()))
                  .ifPresent(obstacles::add));
    }
  }

  private void add(String what, String hint) {
    obstacles.add(new Obstacle(what, hint));
  }
}
