package dev.godwit.cli.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Documents as lines of JSON, as CSV, and as they are. */
class DocumentRecordsTest {
  /** {@code {_id: 7, a: NumberLong(1), a: "x\ny"}}: a name that comes twice. */
  private static byte[] document() {
    return ByteBuffer.allocate(4 + 9 + 11 + 11 + 1)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(36)
        .put((byte) 0x10)
        .put("_id\0".getBytes(StandardCharsets.US_ASCII))
        .putInt(7)
        .put((byte) 0x12)
        .put("a\0".getBytes(StandardCharsets.US_ASCII))
        .putLong(1)
        .put((byte) 2)
        .put("a\0".getBytes(StandardCharsets.US_ASCII))
        .putInt(4)
        .put("x\ny\0".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 0)
        .array();
  }

  private interface Opening {
    RecordFormat open(ByteArrayOutputStream out, Schema schema) throws IOException;
  }

  private static byte[] written(byte[] document, boolean large, Opening opening)
      throws IOException {
    Schema schema = new Schema(List.of(Fields.bson("document", "document")));
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      ((VarBinaryVector) root.getVector(0)).setSafe(0, document);
      if (large) {
        root.getVector(0).setNull(0);
      }
      root.setRowCount(1);
      List<LargeReference> references =
          large ? List.of(new LargeReference(0, 0, document.length, new byte[32])) : List.of();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (RecordFormat format = opening.open(out, schema)) {
        format.record(
            new RecordBatch(root, List.of(), references),
            0,
            reference -> new ByteArrayInputStream(document));
      }
      return out.toByteArray();
    }
  }

  private static String text(boolean large, Opening opening) throws IOException {
    return new String(written(document(), large, opening), StandardCharsets.UTF_8);
  }

  @Test
  void aDocumentIsOneLineOfRelaxedExtendedJson() throws IOException {
    for (boolean large : List.of(false, true)) {
      assertThat(text(large, (out, schema) -> DocumentRecords.json(out)))
          .isEqualTo("{\"_id\": 7, \"a\": 1, \"a\": \"x\\ny\"}\n");
    }
  }

  @Test
  void csvHasThatTextInItsOneColumn() throws IOException {
    for (boolean large : List.of(false, true)) {
      assertThat(text(large, CsvRecords::new))
          .isEqualTo("document\n\"{\"\"_id\"\": 7, \"\"a\"\": 1, \"\"a\"\": \"\"x\\ny\"\"}\"\n");
    }
  }

  @Test
  void bsonIsToTheByte() throws IOException {
    for (boolean large : List.of(false, true)) {
      assertThat(written(document(), large, (out, schema) -> DocumentRecords.bson(out)))
          .isEqualTo(document());
    }
  }

  @Test
  void whatTheLibraryCannotReadIsShownAllTheSame() throws IOException {
    byte[] damaged = document();
    damaged[4] = 0x66;
    byte[] line = written(damaged, false, (out, schema) -> DocumentRecords.json(out));
    assertThat(new String(line, StandardCharsets.UTF_8)).startsWith("\"JAAAAGZ").endsWith("\"\n");
  }
}
