package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.session.MemcachedServers;
import dev.godwit.extractor.memcached.value.Records;
import dev.godwit.loader.memcached.placement.Placement;
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

/** Some servers that are one cache, to be written. */
final class MemcachedLoader implements Loader {
  private final MemcachedServers servers;
  private final LoadOptions options;
  private final Placement placement;
  private final PluginContext context;

  MemcachedLoader(
      MemcachedServers servers, LoadOptions options, Placement placement, PluginContext context) {
    this.servers = servers;
    this.options = options;
    this.placement = placement;
    this.context = context;
  }

  @Override
  public StoreInfo info() {
    return servers.info();
  }

  /** A cache is one dataset that is always there, and keeps no ledger. */
  @Override
  public Set<Capability> capabilities() {
    return EnumSet.noneOf(Capability.class);
  }

  @Override
  public Ledger ledger() {
    return Ledger.NONE;
  }

  @Override
  public RecordForm form() {
    return new RecordForm.KeyValues(List.of("string"), List.of(Records.FLAGS_NAME));
  }

  @Override
  public List<Obstacle> inspect(LoadPlan plan) {
    return new Inspection(servers, plan, options, context.cancellation()).obstacles();
  }

  @Override
  public LoadRun begin(LoadPlan plan) {
    context.cancellation().check();
    ObstructedException.refuse(inspect(plan));
    return MemcachedLoadRun.begin(servers, options, placement, context);
  }

  @Override
  public void close() {}
}
