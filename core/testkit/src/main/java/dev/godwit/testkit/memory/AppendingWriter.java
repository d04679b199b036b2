package dev.godwit.testkit.memory;

import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;

/**
 * Rows appear as they are written and cannot be taken back: who goes on after a kill must empty the
 * dataset first.
 */
final class AppendingWriter implements RecordWriter {
  private final MemoryStore store;
  private final DatasetName target;
  private final Cancellation cancellation;
  private final WrittenRows written;

  AppendingWriter(MemoryStore store, DatasetName target, Cancellation cancellation) {
    this.store = store;
    this.target = target;
    this.cancellation = cancellation;
    this.written = new WrittenRows(store.folder(), cancellation);
  }

  @Override
  public void write(RecordItem item) {
    store.append(target, written.take(item));
  }

  @Override
  public Commit commit() {
    cancellation.check();
    return new Commit(written.rows(), written.bytes(), -1, 0);
  }

  @Override
  public void abort() {}

  @Override
  public void close() {}
}
