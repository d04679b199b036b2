package dev.godwit.vault.block;

import dev.godwit.spi.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes a batch as a whole Arrow IPC stream: schema, one batch, end. The same rows give the same
 * bytes, whatever lies in padding, under nulls or beyond the last row. Used by one thread at a
 * time.
 *
 * <p>It writes the buffers itself, straight to where they are wanted, because Arrow's own writer
 * takes over what reused buffers hold, and copies once more.
 */
final class BatchEncoder {
  private final BufferAllocator allocator;
  private Schema lastSchema;
  private byte[] lastMessage;

  BatchEncoder(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * Writes the batch.
   *
   * @return how many bytes it takes
   * @throws IllegalArgumentException if it would take more than 2 GiB, or holds a type that blocks
   *     do not know
   */
  int encode(RecordBatch batch, BlockBuffer into) {
    List<FieldVector> sides = SideColumns.of(batch, allocator);
    try (BatchLayout layout = new BatchLayout(allocator)) {
      int rows = batch.rowCount();
      batch.rows().getFieldVectors().forEach(column -> layout.add(column, rows));
      sides.forEach(column -> layout.add(column, rows));
      return write(rows, schemaMessage(batch.rows().getSchema(), sides), layout, into);
    } finally {
      sides.forEach(FieldVector::close);
    }
  }

  private byte[] schemaMessage(Schema schema, List<FieldVector> sides) {
    if (sides.isEmpty()) {
      if (!schema.equals(lastSchema)) {
        lastMessage = ArrowMessages.schema(PlainSchema.of(schema));
        lastSchema = schema;
      }
      return lastMessage;
    }
    List<Field> fields = new ArrayList<>(schema.getFields());
    sides.forEach(side -> fields.add(side.getField()));
    return ArrowMessages.schema(PlainSchema.of(new Schema(fields, schema.getCustomMetadata())));
  }

  private static int write(int rows, byte[] schema, BatchLayout layout, BlockBuffer into) {
    List<Part> parts = layout.parts();
    long[] lengths = parts.stream().mapToLong(Part::length).toArray();
    ByteBuffer metadata = ArrowMessages.batch(rows, layout.nodes(), lengths);
    long total =
        schema.length
            + ArrowMessages.PREFIX
            + ArrowMessages.padded(metadata.remaining())
            + ArrowMessages.bodyLength(lengths)
            + ArrowMessages.END_OF_STREAM;
    if (total > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a batch of " + total + " bytes is too large for a block");
    }
    ArrowBuf memory = into.atLeast((int) total);
    memory.setBytes(0, schema, 0, schema.length);
    int at = ArrowMessages.put(into.view(), schema.length, metadata);
    for (int i = 0; i < lengths.length; i++) {
      parts.get(i).write(memory, at);
      int padded = (int) ArrowMessages.padded(lengths[i]);
      for (long pad = at + lengths[i]; pad < at + padded; pad++) {
        memory.setByte(pad, 0);
      }
      at += padded;
    }
    return ArrowMessages.putEnd(into.view(), at);
  }
}
