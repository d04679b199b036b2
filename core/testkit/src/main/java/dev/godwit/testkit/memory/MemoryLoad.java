package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.PluginContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One load into a store; its ledger lies there too. */
final class MemoryLoad implements LoadRun {
  private final MemoryStore store;
  private final LoadPlan plan;
  private final MemoryLedger ledger;
  private final PluginContext context;

  private MemoryLoad(MemoryStore store, LoadPlan plan, MemoryLedger ledger, PluginContext context) {
    this.store = store;
    this.plan = plan;
    this.ledger = ledger;
    this.context = context;
  }

  static MemoryLoad begin(MemoryStore store, LoadPlan plan, PluginContext context) {
    MemoryLedger ledger = store.ledger().orElseGet(() -> new MemoryLedger(plan.id()));
    store.setLedger(Optional.of(ledger));
    MemoryLoad load = new MemoryLoad(store, plan, ledger, context);
    load.objects(Phase.BEFORE_DATA).forEach(object -> load.once(object, store::add));
    return load;
  }

  private List<SchemaObject> objects(Phase phase) {
    if (!plan.origin().engine().equals(store.info().engine())) {
      return List.of();
    }
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      return objects.filter(object -> object.phase() == phase).toList();
    }
  }

  private void once(SchemaObject object, Consumer<SchemaObject> add) {
    if (ledger.begin(object.id())) {
      add.accept(renamed(object));
    }
  }

  private SchemaObject renamed(SchemaObject object) {
    return new SchemaObject(
        object.id(),
        object.kind(),
        plan.renames().of(object.name()),
        object.definition(),
        object.dependencies(),
        object.phase(),
        object.datasets().stream().map(plan.renames()::of).toList(),
        object.attributes());
  }

  @Override
  public void prepare(Dataset dataset) {
    Dataset target = dataset.named(plan.renames().of(dataset.name()));
    if (store.shape() == Shape.STREAM) {
      store.put(target, List.of()); // what an earlier run left cannot be told apart
    } else {
      store.create(target);
    }
  }

  @Override
  public boolean holds(Partition partition) {
    return ledger.holds(partition);
  }

  @Override
  public RecordWriter open(Dataset dataset, Partition partition) {
    context.cancellation().check();
    DatasetName target = plan.renames().of(dataset.name());
    return switch (store.shape()) {
      case TYPED -> new TypedWriter(store, ledger, target, partition, context.cancellation());
      case DOCUMENTS ->
          new DocumentWriter(store, ledger, target, partition, context.cancellation());
      case STREAM -> new AppendingWriter(store, target, context.cancellation());
    };
  }

  @Override
  public List<Stage> finish(ExtractRun.Conclusion conclusion) {
    List<Stage> stages = new ArrayList<>();
    stages.add(stage("indexes", objects(Phase.AFTER_DATA), store::add));
    stages.add(stage("constraints", objects(Phase.LAST), store::add));
    stages.add(stage("state", conclusion.state(), store::addState));
    stages.removeIf(stage -> stage.steps().isEmpty());
    return stages;
  }

  private Stage stage(String name, List<SchemaObject> objects, Consumer<SchemaObject> add) {
    return new Stage(
        name,
        objects.stream().map(object -> new Step(object.id(), () -> once(object, add))).toList());
  }

  @Override
  public LoadReport complete() {
    context.cancellation().check();
    store.setLedger(Optional.empty());
    return new LoadReport(store.name(), List.of());
  }

  @Override
  public void close() {}
}
