package dev.godwit.loader.mongodb;

import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.loader.mongodb.LoadOptions.IfExists;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.run.PluginContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One load into one database. */
final class MongoLoadRun implements LoadRun {
  private final Target target;
  private final LoadOptions options;
  private final PluginContext context;
  private final Ledger ledger;
  private final boolean resumed;
  private final boolean ownEngine;
  private final Preparation preparation;
  private final EmptyTimestamps emptyTimestamps;
  private final Refused refused;
  private final Finish finish;

  private MongoLoadRun(
      Target target,
      LoadPlan plan,
      LoadOptions options,
      PluginContext context,
      Ledger ledger,
      boolean resumed) {
    this.target = target;
    this.options = options;
    this.context = context;
    this.ledger = ledger;
    this.resumed = resumed;
    this.ownEngine = plan.origin().engine().equals(MongoConnection.ENGINE);
    this.preparation = new Preparation(target, context.cancellation());
    this.emptyTimestamps = new EmptyTimestamps(target.server(), target.database());
    this.refused = new Refused(context.warnings());
    this.finish =
        new Finish(target, plan, options, preparation, ledger, resumed, context.cancellation());
  }

  static MongoLoadRun begin(
      Target target, LoadPlan plan, LoadOptions options, PluginContext context) {
    Ledger ledger = new Ledger(target);
    boolean resumed = ledger.plan().isPresent();
    if (!resumed || options.ifExists() == IfExists.KEEP) {
      ledger.begin(plan.id(), options.ifExists());
    }
    MongoLoadRun run = new MongoLoadRun(target, plan, options, context, ledger, resumed);
    if (run.ownEngine) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        run.preparation.makeAll(objects);
      }
    }
    return run;
  }

  /**
   * The server's own collections were made all at once, so that what it did not take is known
   * early; another engine's come one by one, those without documents too.
   */
  @Override
  public void prepare(Dataset dataset) {
    context.cancellation().check();
    if (!ownEngine) {
      preparation.makePlain(dataset.name());
    }
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
    boolean inOrder = preparation.inOrder(dataset.name());
    if (resumed && !preparation.byId(dataset.name())) {
      preparation.makeAnew(dataset.name());
    }
    DocumentSink sink =
        new DocumentSink(
            target.open(dataset.name()),
            target.display(dataset.name()),
            inOrder,
            options.ifExists(),
            emptyTimestamps,
            refused,
            target.server().failures());
    return new DocumentWriter(
        sink, partition, () -> ledger.mark(item(partition)), context.cancellation());
  }

  @Override
  public List<Stage> finish(ExtractRun.Conclusion conclusion) {
    return finish.stages();
  }

  @Override
  public LoadReport complete() {
    context.cancellation().unbroken(ledger::drop);
    List<String> notes = new ArrayList<>(preparation.notes());
    notes.addAll(refused.notes());
    notes.addAll(emptyTimestamps.notes());
    notes.addAll(finish.notes());
    return new LoadReport("database " + target.database() + " on " + target.server().host(), notes);
  }

  @Override
  public void close() {}
}
