package dev.godwit.vault.snapshot;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.block.BlockBuffer;
import dev.godwit.vault.block.BlockDecoder;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockOpener;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;

/** Reads a partition of a snapshot: its blocks in order, as batches and large values. */
final class PartitionReader implements RecordReader {
  private final ReadAhead frames;
  private final Cancellation cancellation;
  private final long expectedRows;
  private final Function<String, GodwitException> damaged;
  private final BlockBuffer raw;
  private final BlockOpener opener;
  private final BlockDecoder decoder;
  private final List<Long> largeLengths = new ArrayList<>();
  private int rawLength;
  private long rows;
  private LargePieces value;
  private boolean closed;

  /**
   * A reader.
   *
   * @param opener of frames, closed here
   * @param expectedRows that the partition holds
   * @param damaged makes a failure that names the partition
   */
  PartitionReader(
      ReadAhead frames,
      BlockOpener opener,
      BufferAllocator allocator,
      Cancellation cancellation,
      long expectedRows,
      Function<String, GodwitException> damaged) {
    this.frames = frames;
    this.opener = opener;
    this.cancellation = cancellation;
    this.expectedRows = expectedRows;
    this.damaged = damaged;
    this.raw = new BlockBuffer(allocator);
    this.decoder = new BlockDecoder(allocator);
  }

  @Override
  public RecordItem next() {
    cancellation.check();
    if (value != null) {
      value.skipRest();
      largeLengths.add(value.length());
      value = null;
    }
    ReadAhead.Read read = open();
    if (read == null) {
      requireEnd();
      return null;
    }
    if (read.ref().kind() == BlockKind.PIECE) {
      value = new LargePieces(this::nextPiece, piece(read), read.line().endsValue());
      return new LargeValue(value);
    }
    return batch(read);
  }

  private ReadAhead.Read open() {
    decoder.release();
    ReadAhead.Read read = frames.next();
    if (read != null) {
      try {
        rawLength = opener.open(read.ref(), read.frame(), raw);
      } catch (DamagedBlockException e) {
        throw frames.damaged(read.ref(), e);
      }
    }
    return read;
  }

  private RecordBatch batch(ReadAhead.Read read) {
    try {
      RecordBatch batch = decoder.batch(raw, rawLength);
      if (read.ref().rows() != BlockRef.UNTOLD && batch.rowCount() != read.ref().rows()) {
        throw new DamagedBlockException("has " + batch.rowCount() + " rows");
      }
      rows += batch.rowCount();
      if (!batch.large().stream().map(LargeReference::length).toList().equals(largeLengths)) {
        throw damaged.apply("has not the large values that its rows refer to");
      }
      largeLengths.clear();
      return batch;
    } catch (DamagedBlockException e) {
      throw frames.damaged(read.ref(), e);
    }
  }

  private ByteBuffer piece(ReadAhead.Read read) {
    try {
      return decoder.piece(raw, rawLength);
    } catch (DamagedBlockException e) {
      throw frames.damaged(read.ref(), e);
    }
  }

  private LargePieces.Piece nextPiece() {
    cancellation.check();
    ReadAhead.Read read = open();
    if (read == null || read.ref().kind() != BlockKind.PIECE) {
      throw damaged.apply("ends in the middle of a large value");
    }
    return new LargePieces.Piece(piece(read), read.line().endsValue());
  }

  private void requireEnd() {
    if (rows != expectedRows) {
      throw damaged.apply("holds " + rows + " rows of " + expectedRows);
    }
    if (!largeLengths.isEmpty()) {
      throw damaged.apply("ends with a large value that no row refers to");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      decoder.close();
      frames.close();
      opener.close();
      raw.close();
    }
  }
}
