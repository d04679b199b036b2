package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.ObstructedException;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Capability;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Loads into one store, which may still have to be made. */
final class MemoryLoader implements Loader {
  private final MemoryServer server;
  private final StoreAddress address;
  private final PluginContext context;

  MemoryLoader(MemoryServer server, StoreAddress address, PluginContext context) {
    this.server = server;
    this.address = address;
    this.context = context;
  }

  private Optional<MemoryStore> store() {
    return server.find(address.uri());
  }

  private Shape shape() {
    String wanted = address.options().text("shape").orElseThrow().toUpperCase(Locale.ROOT);
    return store().map(MemoryStore::shape).orElseGet(() -> Shape.valueOf(wanted));
  }

  @Override
  public StoreInfo info() {
    return new StoreInfo(shape().engine(), "1.0", "memory-" + System.identityHashCode(server));
  }

  @Override
  public Set<Capability> capabilities() {
    return switch (shape()) {
      case TYPED -> Set.of(Capability.CREATE_DATABASE, Capability.RENAME, Capability.RESUME);
      case DOCUMENTS -> Set.of(Capability.RENAME, Capability.RESUME);
      case STREAM -> Set.of(Capability.RESUME);
    };
  }

  @Override
  public Ledger ledger() {
    return shape().ledger();
  }

  @Override
  public RecordForm form() {
    return (RecordForm.Rows) field -> new Placement(field, Placement.Fidelity.EXACT, "");
  }

  @Override
  public List<Obstacle> inspect(LoadPlan plan) {
    List<Obstacle> obstacles = new ArrayList<>();
    String target = address.uri().display();
    Optional<MemoryStore> store = store();
    if (store.isEmpty() && !(plan.create() && shape() == Shape.TYPED)) {
      obstacles.add(new Obstacle(target + " does not exist", "make it, or add --create"));
    }
    Optional<MemoryLedger> ledger = store.flatMap(MemoryStore::ledger);
    if (ledger.isPresent() && !plan.resume()) {
      obstacles.add(new Obstacle("an unfinished load lies in " + target, "add --resume"));
    } else if (ledger.isPresent() && !ledger.get().plan().equals(plan.id())) {
      obstacles.add(new Obstacle("a load of another plan lies in " + target, "empty it"));
    } else if (ledger.isEmpty() && store.isPresent() && !store.get().isEmpty()) {
      obstacles.add(new Obstacle(target + " is not empty", "name an empty store"));
    }
    if (!plan.renames().isEmpty() && !capabilities().contains(Capability.RENAME)) {
      obstacles.add(new Obstacle(target + " takes no other names", "leave --rename out"));
    }
    if (shape() == Shape.DOCUMENTS) {
      obstacles.addAll(notDocuments(plan));
    }
    return obstacles;
  }

  private static List<Obstacle> notDocuments(LoadPlan plan) {
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      return datasets
          .filter(
              dataset ->
                  dataset.schema().getFields().size() != 1
                      || FieldKind.of(dataset.schema().getFields().get(0)) != FieldKind.BSON)
          .limit(10)
          .map(dataset -> new Obstacle(dataset.name() + " holds no documents", "leave it out"))
          .toList();
    }
  }

  @Override
  public LoadRun begin(LoadPlan plan) {
    context.cancellation().check();
    ObstructedException.refuse(inspect(plan));
    MemoryStore store = store().orElseGet(() -> server.create(address.uri().path(), shape()));
    return MemoryLoad.begin(store, plan, context);
  }

  @Override
  public void close() {}
}
