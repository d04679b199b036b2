package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.row.Row;
import java.util.ArrayList;
import java.util.List;

/** Rows and their mark in the ledger appear together at the commit. */
final class TypedWriter implements RecordWriter {
  private final MemoryStore store;
  private final MemoryLedger ledger;
  private final DatasetName target;
  private final Partition partition;
  private final Cancellation cancellation;
  private final WrittenRows written;
  private final List<Row> rows = new ArrayList<>();

  TypedWriter(
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
    rows.addAll(written.take(item));
  }

  @Override
  public Commit commit() {
    cancellation.check();
    synchronized (store) {
      ledger.mark(partition);
      store.append(target, rows);
    }
    rows.clear();
    return new Commit(written.rows(), written.bytes(), written.bytes(), 0);
  }

  @Override
  public void abort() {
    rows.clear();
  }

  @Override
  public void close() {
    abort();
  }
}
