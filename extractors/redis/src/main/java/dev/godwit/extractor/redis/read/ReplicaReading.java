package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordStream;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.PluginContext;
import java.util.HashMap;
import java.util.Map;

/** Reads all databases in one pass, as a replica. */
final class ReplicaReading implements Reading.OnePass {
  private final ReplicaLink link;
  private final Selection selection;
  private final Tally tally;
  private final PluginContext context;

  ReplicaReading(ReplicaLink link, Selection selection, Tally tally, PluginContext context) {
    this.link = link;
    this.selection = selection;
    this.tally = tally;
    this.context = context;
  }

  @Override
  public RecordStream open() {
    Items items =
        new Items(
            new ReplicaKeys(link, selection, tally), context.allocator(), context.cancellation());
    Map<Integer, Dataset> datasets = new HashMap<>();
    return new RecordStream() {
      @Override
      public Entry next() {
        RecordItem item = items.next();
        return item == null
            ? null
            : new Entry(
                datasets.computeIfAbsent(
                    items.database(),
                    number -> Records.dataset(number, selection.taken().getOrDefault(number, -1L))),
                item);
      }

      @Override
      public void close() {
        items.close();
      }
    };
  }
}
