package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.session.RedisServer;
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

/** A server, to be written. Each run has connections of its own. */
final class RedisLoader implements Loader {
  private final RedisServer server;
  private final LoadOptions options;
  private final PluginContext context;

  RedisLoader(RedisServer server, LoadOptions options, PluginContext context) {
    this.server = server;
    this.options = options;
    this.context = context;
  }

  @Override
  public StoreInfo info() {
    return server.info();
  }

  /** The databases of a server are there from the beginning: none is ever created. */
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
    return options.form();
  }

  @Override
  public List<Obstacle> inspect(LoadPlan plan) {
    return new Inspection(new Target(server, plan), options.ifExists(), context.cancellation())
        .obstacles();
  }

  @Override
  public LoadRun begin(LoadPlan plan) {
    context.cancellation().check();
    ObstructedException.refuse(inspect(plan));
    Eviction.warning(server).ifPresent(context.warnings());
    return RedisLoadRun.begin(new Target(server, plan), options.ifExists(), context);
  }

  @Override
  public void close() {}
}
