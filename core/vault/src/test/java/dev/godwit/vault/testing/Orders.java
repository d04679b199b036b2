package dev.godwit.vault.testing;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;

/** A dataset of orders: a number, a text that is null in every third row. */
public final class Orders {
  /** Its columns. */
  public static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new ArrowType.Int(64, true), "bigint"),
              Fields.of("note", ArrowType.Utf8.INSTANCE, "text")),
          Map.of());

  private Orders() {}

  /** The dataset under a name such as {@code shop.public.orders}. */
  public static Dataset dataset(String name) {
    return Dataset.of(DatasetName.parse(name), "table", SCHEMA);
  }

  /** A batch of rows with numbers from {@code first}; the caller closes its root. */
  public static RecordBatch batch(BufferAllocator allocator, long first, int rows) {
    VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
    fill(root, first, rows);
    return new RecordBatch(root);
  }

  /** Fills a root that was made or used before. */
  public static void fill(VectorSchemaRoot root, long first, int rows) {
    BigIntVector id = (BigIntVector) root.getVector("id");
    VarCharVector note = (VarCharVector) root.getVector("note");
    id.reset();
    note.reset();
    for (int row = 0; row < rows; row++) {
      id.setSafe(row, first + row);
      if ((first + row) % 3 != 0) {
        note.setSafe(row, ("note " + (first + row)).getBytes(StandardCharsets.UTF_8));
      }
    }
    root.setRowCount(rows);
  }
}
