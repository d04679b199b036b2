package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.spi.record.RecordItem;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Turns the data of binary copies into batches. The columns of the copies are those given, in their
 * order, each asked for by {@link dev.godwit.extractor.postgresql.type.TypeMap#selectExpression}.
 * Its vectors are reused from batch to batch.
 */
public final class BatchDecoder implements AutoCloseable {

  /**
   * A decoder.
   *
   * @param batchBytes a batch is cut once its buffers hold this many bytes
   */
  public BatchDecoder(
      List<PgColumn> columns, TypeCatalogue types, BufferAllocator allocator, int batchBytes) {
    throw new UnsupportedOperationException("" + columns + allocator + batchBytes);
  }

  /**
   * The next item of one copy. A batch never holds rows of two copies. The item is valid until the
   * next call.
   *
   * @return null once the data is at its end; the decoder can then be given the next copy's data
   */
  public RecordItem next(CopyData data) throws IOException {
    throw new UnsupportedOperationException(data.toString());
  }

  @Override
  public void close() {}
}
