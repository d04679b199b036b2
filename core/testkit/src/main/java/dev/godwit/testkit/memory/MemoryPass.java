package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.extract.RecordStream;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Everything in one pass: rows shuffled, datasets taking turns, another order each time. */
final class MemoryPass implements Reading.OnePass {
  private static final AtomicLong SEEDS = new AtomicLong();

  private final Selection selection;
  private final int batchRows;
  private final PluginContext context;
  private final AtomicBoolean opened = new AtomicBoolean();

  MemoryPass(Selection selection, int batchRows, PluginContext context) {
    this.selection = selection;
    this.batchRows = batchRows;
    this.context = context;
  }

  private record Chunk(Dataset dataset, List<Row> rows) {}

  @Override
  public RecordStream open() {
    if (!opened.compareAndSet(false, true)) {
      throw new IllegalStateException("a pass is opened once");
    }
    Random random = new Random(SEEDS.incrementAndGet());
    List<Chunk> chunks = new ArrayList<>();
    for (Selection.Table table : selection.tables().values()) {
      List<Row> rows = new ArrayList<>(table.rows());
      Collections.shuffle(rows, random);
      for (int from = 0; from < rows.size(); from += batchRows) {
        int to = Math.min(rows.size(), from + batchRows);
        chunks.add(new Chunk(table.dataset(), rows.subList(from, to)));
      }
    }
    Collections.shuffle(chunks, random);
    return new Stream(chunks.iterator());
  }

  private final class Stream implements RecordStream {
    private final Iterator<Chunk> chunks;
    private Chunk chunk;
    private RecordReader reader;

    Stream(Iterator<Chunk> chunks) {
      this.chunks = chunks;
    }

    @Override
    public Entry next() {
      context.cancellation().check();
      while (true) {
        RecordItem item = reader == null ? null : reader.next();
        if (item != null) {
          return new Entry(chunk.dataset(), item);
        }
        close();
        if (!chunks.hasNext()) {
          return null;
        }
        chunk = chunks.next();
        reader =
            new RowReader(
                chunk.dataset().schema(),
                chunk.rows().iterator(),
                batchRows,
                context.allocator(),
                context.cancellation());
      }
    }

    @Override
    public void close() {
      if (reader != null) {
        reader.close();
        reader = null;
      }
    }
  }
}
