package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.loader.redis.slot.Nodes;
import dev.godwit.loader.redis.wire.Lanes;
import dev.godwit.loader.redis.wire.Routes;
import dev.godwit.loader.redis.wire.Tally;
import dev.godwit.loader.redis.write.Abilities;
import dev.godwit.loader.redis.write.HeldKeys;
import dev.godwit.loader.redis.write.IfExists;
import dev.godwit.loader.redis.write.KeyWriter;
import dev.godwit.loader.redis.write.ServerClock;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.run.PluginContext;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One load into one server. */
final class RedisLoadRun implements LoadRun {
  private final Target target;
  private final Nodes nodes;
  private final IfExists ifExists;
  private final PluginContext context;
  private final Ledger ledger;
  private final boolean resumed;
  private final Abilities abilities;
  private final ServerClock clock;
  private final Eviction eviction;
  private final Queue<Tally> tallies = new ConcurrentLinkedQueue<>();

  private RedisLoadRun(
      Target target,
      Nodes nodes,
      IfExists ifExists,
      PluginContext context,
      Ledger ledger,
      boolean resumed) {
    this.target = target;
    this.nodes = nodes;
    this.ifExists = ifExists;
    this.context = context;
    this.ledger = ledger;
    this.resumed = resumed;
    try (RedisConnection connection = target.server().connect()) {
      this.abilities = Abilities.of(target.server(), connection);
      this.clock = ServerClock.of(connection);
    }
    this.eviction = new Eviction(target.server(), nodes, ledger);
  }

  static RedisLoadRun begin(Target target, IfExists ifExists, PluginContext context) {
    LoadPlan plan = target.plan();
    Nodes nodes = Nodes.of(target.server());
    Ledger ledger = new Ledger(nodes, target.databases().first());
    boolean resumed = ledger.plan().isPresent();
    if (!resumed || ifExists == IfExists.KEEP) {
      ledger.begin(plan.id(), ifExists);
    }
    return new RedisLoadRun(target, nodes, ifExists, context, ledger, resumed);
  }

  /** A database is there from the beginning. */
  @Override
  public void prepare(Dataset dataset) {
    context.cancellation().check();
  }

  @Override
  public boolean holds(Partition partition) {
    return resumed && ledger.holds(item(partition));
  }

  private static String item(Partition partition) {
    return "partition " + partition;
  }

  @Override
  public RecordWriter open(Dataset dataset, Partition partition) {
    int database = target.database(dataset.name()).orElseThrow();
    Tally tally = new Tally();
    tallies.add(tally);
    return new KeyWriter(
        abilities,
        ifExists,
        clock,
        tally,
        nodes,
        new Routes(
            nodes.count(),
            node -> new Lanes(() -> connect(node, database), "db" + database, tally)),
        resumed && ifExists == IfExists.KEEP
            ? Optional.of(node -> new HeldKeys(target.server(), connect(node, database)))
            : Optional.empty(),
        () -> {
          eviction.check();
          ledger.mark(item(partition));
        },
        context.cancellation());
  }

  /** A connection that is cut when the run is cancelled. */
  private RedisConnection connect(int node, int database) {
    RedisConnection connection = nodes.connect(node, database);
    var ignored = context.cancellation().onCancel(connection::cut);
    return connection;
  }

  @Override
  public List<Stage> finish(ExtractRun.Conclusion conclusion) {
    return target.sameKind()
        ? new Finish(nodes, ifExists, ledger, context.cancellation()).stages(target.plan())
        : List.of();
  }

  @Override
  public LoadReport complete() {
    eviction.check();
    context.cancellation().unbroken(ledger::drop);
    return new LoadReport(target.server().host(), Notes.of(tallies));
  }

  @Override
  public void close() {}
}
