package dev.godwit.vault.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.vault.testing.Orders;
import dev.godwit.vault.testing.Wide;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** The same rows give the same id, whatever the memory held before. */
class DeterminismTest {
  /** Changing one of these makes every vault store everything anew: never without a reason. */
  private static final String ORDERS =
      "fc146a27992c9fa411a85f1ec3642d128a8a7d45599b872dc3df22d1f0e8756d";

  private static final String WIDE =
      "e20925faa67d2da344c0ceacde52f326def7be62ce817beaadd6856f1c356fa8";
  private static final String SIDES =
      "60fc58542933b020074f9d771fe0a80ffa1b06b969350627ca9c23b7ec780c49";
  private static final String PIECE =
      "28e67b946a4a71076b1afcb746b711d8cc62766e47dd174ad6a6e087d826b812";

  private final BufferAllocator allocator = new RootAllocator();

  private BlockId id(RecordBatch batch) {
    try (BlockEncoder encoder = new BlockEncoder(allocator, 1, BlockSeal.plain())) {
      return encoder.encode(batch).id();
    }
  }

  @Test
  void theIdsAreThoseOfTheFirstVersion() throws IOException {
    try (VectorSchemaRoot orders = Orders.batch(allocator, 1, 100).rows();
        VectorSchemaRoot wide = Wide.of(allocator, 100);
        BlockEncoder encoder = new BlockEncoder(allocator, 1, BlockSeal.plain())) {
      Misfit misfit = new Misfit(3, 1, Misfit.Kind.NAN, new byte[] {1, 2});
      LargeReference large = new LargeReference(5, 1, 9L << 20, new byte[32]);
      assertThat(
              List.of(
                  id(new RecordBatch(orders)).toString(),
                  id(new RecordBatch(wide)).toString(),
                  id(new RecordBatch(orders, List.of(misfit), List.of(large))).toString(),
                  encoder
                      .encodePiece(new ByteArrayInputStream(new byte[] {1, 2, 3}))
                      .id()
                      .toString()))
          .containsExactly(ORDERS, WIDE, SIDES, PIECE);
    }
    allocator.close();
  }

  @Test
  void memoryThatWasUsedBeforeDoesNotShow() {
    for (int rows : new int[] {1, 7, 8, 63, 64, 65, 200}) {
      try (VectorSchemaRoot clean = Wide.of(allocator, rows);
          VectorSchemaRoot used = Wide.of(allocator, 300)) {
        BlockId expected = id(new RecordBatch(clean));
        Wide.fill(used, rows);
        assertThat(id(new RecordBatch(used))).isEqualTo(expected);
        soilBehindRows(clean, rows);
        assertThat(id(new RecordBatch(clean))).isEqualTo(expected);
      }
    }
    allocator.close();
  }

  /** Fills with 0xA5 what lies under nulls and beyond the last row of plain columns. */
  private static void soilBehindRows(VectorSchemaRoot root, int rows) {
    for (String name : List.of("number", "price", "ratio", "token", "span")) {
      FieldVector vector = root.getVector(name);
      int width = ((BaseFixedWidthVector) vector).getTypeWidth();
      ArrowBuf data = vector.getDataBuffer();
      for (long i = 0; i < data.capacity(); i++) {
        if (i / width >= rows || vector.isNull((int) (i / width))) {
          data.setByte(i, 0xA5);
        }
      }
    }
    for (FieldVector vector : root.getFieldVectors()) {
      ArrowBuf validity = vector.getValidityBuffer();
      for (long i = rows; i < validity.capacity() * 8; i++) {
        byte old = validity.getByte(i >> 3);
        validity.setByte(i >> 3, (byte) (old | (1 << (i & 7))));
      }
    }
  }

  @Test
  void staleBytesUnderNullsAreDropped() {
    try (VectorSchemaRoot clean = Orders.batch(allocator, 1, 50).rows();
        VectorSchemaRoot stale = Orders.batch(allocator, 1, 50).rows()) {
      VarCharVector note = (VarCharVector) stale.getVector("note");
      List<byte[]> values = new ArrayList<>();
      for (int row = 0; row < 50; row++) {
        values.add(note.isNull(row) ? new byte[] {'o', 'l', 'd'} : note.get(row));
      }
      List<Integer> nulls = new ArrayList<>();
      for (int row = 0; row < 50; row++) {
        if (note.isNull(row)) {
          nulls.add(row);
        }
      }
      note.reset();
      for (int row = 0; row < 50; row++) {
        note.setSafe(row, values.get(row));
      }
      stale.setRowCount(50);
      nulls.forEach(
          row ->
              note.getValidityBuffer()
                  .setByte(
                      row >> 3,
                      (byte) (note.getValidityBuffer().getByte(row >> 3) & ~(1 << (row & 7)))));

      assertThat(id(new RecordBatch(stale))).isEqualTo(id(new RecordBatch(clean)));
    }
    allocator.close();
  }

  @Test
  void childrenOfNullStructsDoNotShow() {
    try (VectorSchemaRoot clean = Wide.of(allocator, 40);
        VectorSchemaRoot stale = Wide.of(allocator, 40)) {
      StructVector pair = (StructVector) stale.getVector("pair");
      for (int row = 0; row < 40; row++) {
        if (pair.isNull(row)) {
          pair.getChild("a", IntVector.class).setSafe(row, 4711);
        }
      }
      stale.setRowCount(40);

      assertThat(id(new RecordBatch(stale))).isEqualTo(id(new RecordBatch(clean)));
    }
    allocator.close();
  }

  @Test
  void theOrderOfMetadataDoesNotShow() {
    Map<String, String> one = new LinkedHashMap<>();
    Map<String, String> other = new LinkedHashMap<>();
    List<String> keys = List.of("Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa", Fields.NATIVE);
    keys.forEach(key -> one.put(key, key));
    for (int i = keys.size() - 1; i >= 0; i--) {
      other.put(keys.get(i), keys.get(i));
    }
    assertThat(ids(one)).isEqualTo(ids(other));
    allocator.close();
  }

  private BlockId ids(Map<String, String> metadata) {
    Field field =
        new Field("x", new FieldType(true, ArrowType.Utf8.INSTANCE, null, metadata), null);
    try (VectorSchemaRoot root =
        VectorSchemaRoot.create(new Schema(List.of(field), metadata), allocator)) {
      root.allocateNew();
      root.setRowCount(3);
      return id(new RecordBatch(root));
    }
  }
}
