package dev.godwit.extractor.postgresql.copy;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Counts the rows of the batch under way, decides where it ends, and hands out its buffers. */
final class BatchBuilder implements AutoCloseable {
  private static final int MOST_ROWS = 1 << 18;

  /** A batch is cut when more bytes of large values went ahead of it: a writer keeps them. */
  private static final long MOST_LARGE_AHEAD = 32L << 20;

  /** Adding up the buffers costs more than a row, so it is done for so many at a time. */
  private static final int ROWS_BETWEEN_SUMS = FixedDecoder.MOST_AT_ONCE;

  private final ColumnDecoder[] decoders;
  private final VectorSchemaRoot root;
  private final VectorLoader loader;
  private final int batchBytes;

  private int rows;
  private long misfitBytes;
  private long largeAhead;
  private long readSinceSum;
  private int rowsSinceSum;
  private boolean handedOut;
  private List<Misfit> misfits = new ArrayList<>();
  private List<LargeReference> large = new ArrayList<>();

  BatchBuilder(
      List<Field> fields, ColumnDecoder[] decoders, BufferAllocator allocator, int batchBytes) {
    this.decoders = decoders;
    this.root = VectorSchemaRoot.create(new Schema(fields), allocator);
    this.loader = new VectorLoader(root);
    this.batchBytes = batchBytes;
  }

  int rows() {
    return rows;
  }

  /** A row begins whose fields have so many bytes on the wire, or less. */
  void rowBegun(long wireBytes) {
    readSinceSum += wireBytes;
  }

  void misfit(int column, Misfit.Kind kind, byte[] bytes) {
    misfits.add(new Misfit(rows, column, kind, bytes));
    misfitBytes += bytes.length + 32;
  }

  /** Notes a large value of the row under way. */
  void refer(int column, LargeReference value) {
    large.add(new LargeReference(rows, column, value.length(), value.sha256()));
    largeAhead += value.length();
  }

  /** How many rows may be appended before {@link #rowsDone} must be asked. */
  int rowsToSum() {
    return ROWS_BETWEEN_SUMS - rowsSinceSum;
  }

  /** At how many bytes on the wire it must be asked. */
  long bytesToSum() {
    return batchBytes / 16 - readSinceSum;
  }

  /** Ends a row; whether the batch ends with it. */
  boolean rowDone() {
    return rowsDone(1, 0);
  }

  /**
   * Ends rows; whether the batch ends with them.
   *
   * @param wireBytes what their fields have on the wire, where no {@link #rowBegun} said it
   */
  boolean rowsDone(int done, long wireBytes) {
    rows += done;
    rowsSinceSum += done;
    readSinceSum += wireBytes;
    if (rowsSinceSum < ROWS_BETWEEN_SUMS && readSinceSum < batchBytes / 16) {
      return false;
    }
    rowsSinceSum = 0;
    readSinceSum = 0;
    return rows >= MOST_ROWS || largeAhead > MOST_LARGE_AHEAD || bytes() >= batchBytes;
  }

  private long bytes() {
    long bytes = misfitBytes;
    for (ColumnDecoder decoder : decoders) {
      bytes += decoder.bytes();
    }
    return bytes;
  }

  /** The batch, valid until {@link #release}. */
  RecordBatch cut() {
    List<ArrowFieldNode> nodes = new ArrayList<>();
    List<ArrowBuf> buffers = new ArrayList<>();
    for (ColumnDecoder decoder : decoders) {
      decoder.collect(nodes, buffers);
    }
    try (ArrowRecordBatch loaded =
        new ArrowRecordBatch(
            rows, nodes, buffers, NoCompressionCodec.DEFAULT_BODY_COMPRESSION, true, true)) {
      loader.load(loaded);
    }
    handedOut = true;
    return new RecordBatch(root, misfits, large);
  }

  /** Takes back the batch that was handed out, if any. */
  void release() {
    if (handedOut) {
      reset();
    }
  }

  /** Begins an empty batch. */
  void reset() {
    root.clear();
    for (ColumnDecoder decoder : decoders) {
      decoder.reset();
    }
    rows = 0;
    misfitBytes = 0;
    largeAhead = 0;
    readSinceSum = 0;
    rowsSinceSum = 0;
    handedOut = false;
    misfits = new ArrayList<>();
    large = new ArrayList<>();
  }

  @Override
  public void close() {
    root.close();
  }
}
