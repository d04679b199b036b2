package dev.godwit.mapping.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Values that go back into rows that have room for them. */
class NarrowedRowsTest {
  private static final Schema TEXT =
      new Schema(List.of(Fields.of("b", ArrowType.Utf8.INSTANCE, "text")));

  /** Hands out items that are there already. */
  private record Given(Deque<RecordItem> items) implements RecordReader {
    @Override
    public RecordItem next() {
      return items.poll();
    }

    @Override
    public void close() {}
  }

  @Test
  void rowsAfterThemKeepTheirValues() throws Exception {
    byte[] left = "b".repeat(5000).getBytes(StandardCharsets.UTF_8);
    LargeReference reference =
        new LargeReference(1, 0, left.length, MessageDigest.getInstance("SHA-256").digest(left));
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(TEXT, allocator)) {
      VarCharVector texts = (VarCharVector) root.getVector(0);
      texts.setSafe(0, "before".getBytes(StandardCharsets.UTF_8));
      texts.setSafe(2, "after".getBytes(StandardCharsets.UTF_8));
      root.setRowCount(4);
      RecordBatch batch = new RecordBatch(root, List.of(), List.of(reference));
      Deque<RecordItem> items =
          new ArrayDeque<>(List.of(new LargeValue(new ByteArrayInputStream(left)), batch));
      try (NarrowedRows rows = new NarrowedRows(new Given(items), allocator)) {
        RecordBatch narrowed = (RecordBatch) rows.next();
        assertThat(narrowed.large()).isEmpty();
        VarCharVector filled = (VarCharVector) narrowed.rows().getVector(0);
        assertThat(filled.getObject(0)).hasToString("before");
        assertThat(filled.get(1)).isEqualTo(left);
        assertThat(filled.getObject(2)).hasToString("after");
        assertThat(filled.isNull(3)).isTrue();
      }
    }
  }
}
