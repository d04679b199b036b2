package dev.godwit.vault.block;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The vectors that blocks of one schema are loaded into; side columns are taken off. */
final class DecodedRoot implements AutoCloseable {
  private final VectorSchemaRoot stored;
  private final VectorSchemaRoot rows;
  private ListVector misfits;
  private ListVector large;

  DecodedRoot(Schema schema, BufferAllocator allocator) {
    this.stored = VectorSchemaRoot.create(schema, allocator);
    List<Field> fields = new ArrayList<>();
    List<FieldVector> vectors = new ArrayList<>();
    for (int i = 0; i < schema.getFields().size(); i++) {
      Field field = schema.getFields().get(i); // a vector's own forgets the name of a list's items
      FieldVector vector = stored.getVector(i);
      switch (SideColumns.sideOf(field).orElse("")) {
        case "misfits" -> misfits = (ListVector) vector;
        case "large" -> large = (ListVector) vector;
        default -> {
          fields.add(field);
          vectors.add(vector);
        }
      }
    }
    this.rows = new VectorSchemaRoot(new Schema(fields, schema.getCustomMetadata()), vectors, 0);
  }

  RecordBatch load(ArrowRecordBatch batch) {
    new VectorLoader(stored).load(batch);
    rows.setRowCount(batch.getLength());
    List<Misfit> misfitting = misfits == null ? List.of() : SideColumns.misfits(misfits);
    List<LargeReference> references = large == null ? List.of() : SideColumns.large(large);
    return new RecordBatch(rows, misfitting, references);
  }

  /** Lets go of the block's memory; the vectors are empty then. */
  void release() {
    stored.clear();
  }

  @Override
  public void close() {
    stored.close();
  }
}
