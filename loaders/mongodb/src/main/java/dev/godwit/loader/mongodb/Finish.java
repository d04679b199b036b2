package dev.godwit.loader.mongodb;

import com.mongodb.MongoException;
import dev.godwit.extractor.mongodb.schema.Kinds;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun.Stage;
import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * What comes after the data: the indexes of each collection, all in one go over it; views in their
 * order; roles and users; and at the very end all by which documents expire.
 */
final class Finish {
  private final Target target;
  private final LoadPlan plan;
  private final Preparation preparation;
  private final Ledger ledger;
  private final boolean resumed;
  private final Cancellation cancellation;
  private final List<String> notes = new ArrayList<>();
  private final NeutralFinish neutral;
  private final ViewLoad viewLoad;

  Finish(
      Target target,
      LoadPlan plan,
      LoadOptions options,
      Preparation preparation,
      Ledger ledger,
      boolean resumed,
      Cancellation cancellation) {
    this.target = target;
    this.plan = plan;
    this.viewLoad = new ViewLoad(target, options.ifExists(), notes::add);
    this.preparation = preparation;
    this.ledger = ledger;
    this.resumed = resumed;
    this.cancellation = cancellation;
    this.neutral = new NeutralFinish(target);
  }

  /** What a person should know of it. */
  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    all.addAll(neutral.notes());
    return all;
  }

  List<Stage> stages() {
    if (!plan.origin().engine().equals(MongoConnection.ENGINE)) {
      List<Step> steps =
          neutral.work(plan).entrySet().stream()
              .map(of -> once("indexes of " + of.getKey(), of.getValue()))
              .toList();
      return steps.isEmpty() ? List.of() : List.of(new Stage("indexes", steps));
    }
    Map<DatasetName, BsonArray> indexes = new LinkedHashMap<>();
    Map<DatasetName, BsonArray> expiring = new LinkedHashMap<>();
    List<Step> views = new ArrayList<>();
    List<SchemaObject> accounts = new ArrayList<>();
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      objects.forEach(
          object -> {
            switch (object.kind()) {
              case Kinds.INDEX -> add(indexes, object);
              case Kinds.EXPIRING_INDEX -> add(expiring, object);
              case Kinds.VIEW -> views.add(view(object));
              case Kinds.ROLE, Kinds.USER -> accounts.add(object);
              default -> {}
            }
          });
    }
    List<Stage> stages = new ArrayList<>();
    add(stages, new Stage("indexes", steps("indexes of ", indexes)));
    views.forEach(view -> add(stages, new Stage("views", List.of(view))));
    if (!accounts.isEmpty()) {
      Runnable work = () -> new AccountsLoad(target).load(accounts);
      add(stages, new Stage("users and roles", List.of(once("users and roles", work))));
    }
    add(stages, new Stage("expiring indexes", steps("expiring indexes of ", expiring)));
    add(stages, new Stage("expiring collections", expiries()));
    return stages;
  }

  private static void add(List<Stage> stages, Stage stage) {
    if (!stage.steps().isEmpty()) {
      stages.add(stage);
    }
  }

  private void add(Map<DatasetName, BsonArray> indexes, SchemaObject object) {
    DatasetName of = object.datasets().get(0);
    BsonArray known = indexes.computeIfAbsent(of, name -> new BsonArray());
    for (BsonValue index : Kinds.document(object).getArray("indexes")) {
      BsonDocument collated = SimpleCollation.saidOf(index.asDocument(), preparation.command(of));
      known.add(IndexVersion.saidOf(collated));
    }
  }

  private List<Step> steps(String what, Map<DatasetName, BsonArray> indexes) {
    return indexes.entrySet().stream()
        .map(
            of ->
                command(
                    what + of.getKey(),
                    new BsonDocument(
                            "createIndexes", new BsonString(target.collection(of.getKey())))
                        .append("indexes", of.getValue())))
        .toList();
  }

  private Step view(SchemaObject object) {
    BsonDocument command = new BsonDocument();
    Kinds.document(object).forEach(command::append);
    command.put("create", new BsonString(target.collection(object.name())));
    String read = command.getString("viewOn").getValue();
    String database = object.name().parts().get(0);
    command.put("viewOn", new BsonString(target.collection(DatasetName.of(database, read))));
    if (!plan.renames().isEmpty()) {
      notes.add(
          "view " + object.name() + " may read collections by the names that they had before");
    }
    String what = "view " + object.name();
    return once(what, () -> viewLoad.make(what, command));
  }

  private List<Step> expiries() {
    List<Step> steps = new ArrayList<>();
    for (Map.Entry<DatasetName, BsonValue> expiry : preparation.expiries().entrySet()) {
      steps.add(
          command(
              "expiry of " + expiry.getKey(),
              new BsonDocument("collMod", new BsonString(target.collection(expiry.getKey())))
                  .append(Preparation.EXPIRY, expiry.getValue())));
    }
    return steps;
  }

  private Step command(String what, BsonDocument command) {
    return once(what, () -> run(what, command));
  }

  private void run(String what, BsonDocument command) {
    try {
      var ignored = target.server().command(target.database(), command);
    } catch (MongoException e) {
      throw target.server().failures().of("cannot make " + what, e);
    }
  }

  private Step once(String what, Runnable work) {
    return new Step(
        what,
        () -> {
          cancellation.check();
          String item = "step " + what;
          if (!(resumed && ledger.holds(item))) {
            work.run();
            ledger.mark(item);
          }
        });
  }
}
