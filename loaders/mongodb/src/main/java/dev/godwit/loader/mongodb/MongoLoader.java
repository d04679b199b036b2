package dev.godwit.loader.mongodb;

import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.ObstructedException;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Capability;
import dev.godwit.spi.store.StoreInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A MongoDB server, to be written. */
final class MongoLoader implements Loader {
  private final MongoConnection server;
  private final LoadOptions options;
  private final PluginContext context;

  MongoLoader(MongoConnection server, LoadOptions options, PluginContext context) {
    this.server = server;
    this.options = options;
    this.context = context;
  }

  @Override
  public StoreInfo info() {
    return server.info();
  }

  /** A database is made by the first collection in it, so there is nothing to be told to create. */
  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.RENAME, Capability.RESUME);
  }

  @Override
  public Ledger ledger() {
    return Ledger.IDEMPOTENT;
  }

  @Override
  public RecordForm form() {
    return new RecordForm.Documents();
  }

  @Override
  public List<Obstacle> inspect(LoadPlan plan) {
    return new Inspection(Target.of(server, plan), plan, options, context.cancellation())
        .obstacles();
  }

  @Override
  public LoadRun begin(LoadPlan plan) {
    context.cancellation().check();
    ObstructedException.refuse(inspect(plan));
    return MongoLoadRun.begin(Target.of(server, plan), plan, options, context);
  }

  @Override
  public void close() {
    server.close();
  }
}
