package dev.godwit.testkit.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.sample.Documents;
import dev.godwit.testkit.sample.EveryKind;
import dev.godwit.testkit.sample.GeneratedBytes;
import dev.godwit.testkit.sample.RandomRows;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static List<Row> throughBatches(Schema schema, List<Row> rows, int batchRows) {
    List<Row> back = new ArrayList<>();
    RowCollector collector = new RowCollector(LargeBytes::measured);
    try (RootAllocator allocator = new RootAllocator();
        RecordReader reader =
            new RowReader(schema, rows.iterator(), batchRows, allocator, new Cancellation())) {
      for (RecordItem item; (item = reader.next()) != null; ) {
        back.addAll(collector.collect(item));
      }
    }
    return back;
  }

  @Test
  void rowsOfEveryKindComeBackFromBatches() {
    Schema schema = EveryKind.schema();
    Set<FieldKind> kinds =
        schema.getFields().stream().map(FieldKind::of).collect(Collectors.toSet());
    assertThat(kinds).isEqualTo(EnumSet.allOf(FieldKind.class));
    List<Row> rows = RandomRows.list(schema, 700, 1);
    assertThat(throughBatches(schema, rows, 64)).isEqualTo(rows);
    assertThat(RandomRows.list(schema, 700, 1)).isEqualTo(rows);
    assertThat(RandomRows.list(schema, 700, 2)).isNotEqualTo(rows);
  }

  @Test
  void largeValuesComeAheadOfTheirBatch() {
    Schema schema = new Schema(List.of(EveryKind.binary("a"), EveryKind.binary("b")));
    LargeBytes one = GeneratedBytes.value(LargeValue.THRESHOLD + 1);
    LargeBytes two = LargeBytes.held(new byte[] {1, 2});
    List<Row> rows = List.of(Row.of(null, one), Row.of(two, one));
    assertThat(throughBatches(schema, rows, 10)).isEqualTo(rows);
  }

  @Test
  void aBatchMayNotReferToWhatDidNotCome() {
    Schema schema = new Schema(List.of(EveryKind.binary("a")));
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      root.allocateNew();
      root.setRowCount(1);
      LargeReference reference = new LargeReference(0, 0, 9, new byte[32]);
      RecordBatch batch = new RecordBatch(root, List.of(), List.of(reference));
      assertThatThrownBy(() -> new RowCollector(LargeBytes::measured).collect(batch))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void generatedBytesAreTheSameHoweverTheyAreRead() throws IOException {
    byte[] whole = new GeneratedBytes(1003).readAllBytes();
    assertThat(whole).hasSize(1003);
    byte[] pieces = new byte[1003];
    try (InputStream bytes = new GeneratedBytes(1003)) {
      int at = 0;
      for (int step = 1; at < pieces.length; step++) {
        pieces[at++] = (byte) bytes.read();
        at += Math.max(0, bytes.read(pieces, at, Math.min(step, pieces.length - at)));
      }
      assertThat(bytes.read()).isEqualTo(-1);
    }
    assertThat(pieces).isEqualTo(whole);
    try (InputStream bytes = new GeneratedBytes(1003)) {
      assertThat(bytes.skip(501)).isEqualTo(501);
      assertThat(bytes.readAllBytes()).isEqualTo(Arrays.copyOfRange(whole, 501, 1003));
    }
  }

  @Test
  void documentsKnowTheirId() {
    Random random = new Random(1);
    for (long id : new long[] {0, -1, Long.MAX_VALUE}) {
      assertThat(Documents.id(Documents.random(id, random))).isEqualTo(id);
      assertThat(Documents.id(Documents.withBinary(id, new byte[100]))).isEqualTo(id);
    }
  }
}
