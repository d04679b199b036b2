package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.session.MemcachedServers;
import dev.godwit.loader.memcached.LoadOptions.IfExists;
import dev.godwit.loader.memcached.placement.Placement;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.run.PluginContext;
import java.util.List;

/** One load into one cache. */
final class MemcachedLoadRun implements LoadRun {
  private final MemcachedServers servers;
  private final List<ServerState> states;
  private final LoadOptions options;
  private final Placement placement;
  private final PluginContext context;
  private final Rejects rejects;

  private MemcachedLoadRun(
      MemcachedServers servers,
      List<ServerState> states,
      LoadOptions options,
      Placement placement,
      PluginContext context) {
    this.servers = servers;
    this.states = states;
    this.options = options;
    this.placement = placement;
    this.context = context;
    this.rejects = new Rejects(context.warnings());
  }

  static MemcachedLoadRun begin(
      MemcachedServers servers, LoadOptions options, Placement placement, PluginContext context) {
    boolean replacing = options.ifExists() == IfExists.REPLACE;
    List<ServerState> states =
        servers.all().stream().map(server -> ServerState.of(server, replacing)).toList();
    return new MemcachedLoadRun(servers, states, options, placement, context);
  }

  @Override
  public void prepare(Dataset dataset) {
    context.cancellation().check();
  }

  @Override
  public boolean holds(Partition partition) {
    return false;
  }

  @Override
  public RecordWriter open(Dataset dataset, Partition partition) {
    return new ItemWriter(
        dataset.name(), states, placement, options.ifExists(), rejects, context.cancellation());
  }

  @Override
  public List<Stage> finish(ExtractRun.Conclusion conclusion) {
    return List.of();
  }

  @Override
  public LoadReport complete() {
    context.cancellation().check();
    states.forEach(ServerState::checkMemory);
    return new LoadReport("cache at " + servers.hosts(), rejects.notes());
  }

  @Override
  public void close() {}
}
