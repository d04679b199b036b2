package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.row.Row;
import java.util.ArrayList;
import java.util.List;

/** Documents appear as they are written, and replace their like; the mark comes after them. */
final class DocumentWriter implements RecordWriter {
  private final MemoryStore store;
  private final MemoryLedger ledger;
  private final DatasetName target;
  private final Partition partition;
  private final Cancellation cancellation;
  private final WrittenRows written;
  private final List<Long> uncommitted = new ArrayList<>();

  DocumentWriter(
      MemoryStore store,
      MemoryLedger ledger,
      DatasetName target,
      Partition partition,
      Cancellation cancellation) {
    this.store = store;
    this.ledger = ledger;
    this.target = target;
    this.partition = partition;
    this.cancellation = cancellation;
    this.written = new WrittenRows(store.folder(), cancellation);
  }

  @Override
  public void write(RecordItem item) {
    List<Row> rows = written.take(item);
    rows.forEach(row -> uncommitted.add(MemoryStore.key(row)));
    store.append(target, rows);
  }

  @Override
  public Commit commit() {
    cancellation.check();
    ledger.mark(partition);
    uncommitted.clear();
    return new Commit(written.rows(), written.bytes(), -1, 0);
  }

  @Override
  public void abort() {
    store.remove(target, uncommitted);
    uncommitted.clear();
  }

  @Override
  public void close() {
    abort();
  }
}
