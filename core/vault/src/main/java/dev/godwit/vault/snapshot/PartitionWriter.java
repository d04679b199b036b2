package dev.godwit.vault.snapshot;

import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.vault.StoredBlocks;
import java.util.ArrayList;
import java.util.List;

/** Writes a partition as blocks. */
final class PartitionWriter implements RecordWriter {
  /**
   * What a batch may hold, 48 MiB: the smallest run has 160 MiB outside of the heap, into which a
   * block must fit together with its frame, sealed and opened, or nobody could read it again.
   */
  private static final long MOST_BYTES = 48L << 20;

  private final Partition partition;
  private final BlockStore store;
  private final WrittenContents contents;
  private final BlockListDraft blocks;
  private final List<Long> largeLengths = new ArrayList<>();
  private long rows;
  private long bytes;
  private long stored;
  private long reusedBlocks;
  private long reusedBytes;
  private boolean ended;

  PartitionWriter(
      Partition partition, BlockStore store, WrittenContents contents, BlockListDraft blocks) {
    this.partition = partition;
    this.store = store;
    this.contents = contents;
    this.blocks = blocks;
  }

  @Override
  public void write(RecordItem item) {
    if (ended) {
      throw new IllegalStateException(partition + " was committed or aborted already");
    }
    if (item instanceof RecordBatch batch) {
      requireReadable(batch);
      requireLargeValues(batch);
      note(store.store(batch), false);
      rows += batch.rowCount();
    } else if (item instanceof LargeValue value) {
      largeLengths.add(store.store(value, this::note));
    }
  }

  private void note(BlockStore.Stored block, boolean lastPiece) {
    blocks.add(block.ref(), lastPiece);
    bytes += block.ref().rawLength();
    stored += block.added();
    if (block.reused()) {
      reusedBlocks++;
      reusedBytes += block.ref().length();
    }
  }

  private void requireReadable(RecordBatch batch) {
    long held = batch.bytes();
    if (held > MOST_BYTES) {
      throw new GodwitException(
          ExitCode.FAILED,
          partition.dataset()
              + " has a row whose values hold "
              + held
              + " bytes, each of them too small to be kept apart: a vault takes "
              + MOST_BYTES,
          "take some of its columns only, with --columns, or leave it out with --exclude");
    }
  }

  /** A reference whose value never came would be a hole in the backup that shows at the restore. */
  private void requireLargeValues(RecordBatch batch) {
    if (batch.large().isEmpty() && largeLengths.isEmpty()) {
      return;
    }
    List<Long> referred = batch.large().stream().map(LargeReference::length).toList();
    if (!referred.equals(largeLengths)) {
      throw new IllegalStateException(
          "a batch of "
              + partition
              + " refers to large values of "
              + referred
              + " bytes, and ahead of it came "
              + largeLengths);
    }
    largeLengths.clear();
  }

  @Override
  public Commit commit() {
    if (ended) {
      throw new IllegalStateException(partition + " was committed or aborted already");
    }
    if (!largeLengths.isEmpty()) {
      throw new IllegalStateException(
          partition + " ends with a large value that no batch refers to");
    }
    ended = true;
    contents.committed(
        partition.dataset(),
        WrittenContents.line(partition, rows, bytes, blocks.count(), blocks.commit()),
        new StoredBlocks(0, 0, reusedBlocks, reusedBytes));
    return new Commit(rows, bytes, stored, 0);
  }

  @Override
  public void abort() {
    ended = true;
  }

  @Override
  public void close() {
    abort();
    blocks.close();
  }
}
