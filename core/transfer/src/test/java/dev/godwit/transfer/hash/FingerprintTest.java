package dev.godwit.transfer.hash;

import static dev.godwit.testkit.sample.EveryKind.integer;
import static dev.godwit.testkit.sample.EveryKind.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.EveryKind;
import dev.godwit.testkit.sample.RandomRows;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Schema SCHEMA = EveryKind.schema();

  @Test
  void orderAndBatchesDoNotCount() {
    List<Row> rows = new ArrayList<>(RandomRows.list(SCHEMA, 500, 1));
    Fingerprint whole = Batches.of(SCHEMA, rows, 500);
    assertThat(Batches.of(SCHEMA, rows, 7)).isEqualTo(whole);
    Fingerprint first = Batches.of(SCHEMA, rows.subList(0, 123), 10);
    Fingerprint rest = Batches.of(SCHEMA, rows.subList(123, 500), 10);
    assertThat(first.plus(rest)).isEqualTo(whole);
    Collections.shuffle(rows, new Random(2));
    assertThat(Batches.of(SCHEMA, rows, 50)).isEqualTo(whole);
  }

  @Test
  void everyChangedValueCounts() {
    List<Row> rows = RandomRows.list(SCHEMA, 12, 3);
    List<Row> others = RandomRows.list(SCHEMA, 12, 4);
    Fingerprint before = Batches.of(SCHEMA, rows, 100);
    for (int column = 0; column < SCHEMA.getFields().size(); column++) {
      for (int r = 0; r < rows.size(); r++) {
        Object other = others.get(r).get(column);
        if (java.util.Objects.equals(other, rows.get(r).get(column))) {
          continue;
        }
        List<Object> values = new ArrayList<>(rows.get(r).values());
        values.set(column, other);
        List<Row> changed = new ArrayList<>(rows);
        changed.set(r, new Row(values));
        assertThat(Batches.of(SCHEMA, changed, 100))
            .as("%s: %s", SCHEMA.getFields().get(column).getName(), other)
            .isNotEqualTo(before);
      }
    }
  }

  @Test
  void equalRowsDoNotCancelEachOtherOut() {
    Fingerprint none = Fingerprint.EMPTY;
    Fingerprint two = Batches.of(integer("i", 64), 1L, 1L);
    Fingerprint four = Batches.of(integer("i", 64), 1L, 1L, 1L, 1L);
    assertThat(two.high()).isNotEqualTo(none.high());
    assertThat(four.low()).isNotEqualTo(two.low());
    assertThat(Batches.of(integer("i", 64), 1L, 1L, 2L, 2L).low())
        .isNotEqualTo(Batches.of(integer("i", 64), 3L, 3L, 4L, 4L).low());
  }

  @Test
  void valuesDoNotRunIntoEachOther() {
    Schema schema = new Schema(List.of(text("a"), text("b")));
    assertThat(Batches.of(schema, List.of(Row.of("ab", "c")), 1))
        .isNotEqualTo(Batches.of(schema, List.of(Row.of("a", "bc")), 1));
    assertThat(Batches.of(schema, List.of(Row.of("x", null)), 1))
        .isNotEqualTo(Batches.of(schema, List.of(Row.of(null, "x")), 1));
  }

  @Test
  void sumsCarryIntoTheUpperHalf() {
    Fingerprint almost = new Fingerprint(1, 0, -1);
    assertThat(almost.plus(new Fingerprint(1, 0, 1))).isEqualTo(new Fingerprint(2, 1, 0));
    assertThat(almost.add(2, 2)).isEqualTo(new Fingerprint(2, 3, 1));
    assertThat(new Fingerprint(1, -1, -1).add(0, 1)).isEqualTo(new Fingerprint(2, 0, 0));
    assertThat(new Fingerprint(3, 0xff, 0x0123456789abcdefL))
        .hasToString("3 rows, 00000000000000ff0123456789abcdef");
  }

  /** Fingerprints are kept: another library or encoding must not change them unseen. */
  @Test
  void isTheSameForEver() {
    byte[] one = {2, 1, 0, 0, 0, 0, 0, 0, 0}; // as the package's documentation says
    HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(one);
    assertThat(Batches.of(integer("i", 64), 1L))
        .isEqualTo(
            new Fingerprint(1, hash.getMostSignificantBits(), hash.getLeastSignificantBits()))
        .hasToString("1 rows, 0767fb9f04b9a26fa40fc77aa948bcf7");
    assertThat(Batches.of(SCHEMA, RandomRows.list(SCHEMA, 500, 1), 100))
        .hasToString("500 rows, 156eb5ef161d776d0f604cc721ed289d");
  }

  /** Which of them a reader lets go ahead hangs on what was in the row before it was masked. */
  @Test
  void aRowOfManyValuesIsTheSameWhereverTheyAre() throws Exception {
    Schema schema = new Schema(List.of(text("a"), text("b"), text("c"), text("d"), text("e")));
    List<String> values = List.of("a", "b", "c", "d", "e");
    byte[] bytes = new byte[7_000_000];
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      for (String name : values) {
        ((VarCharVector) root.getVector(name)).setSafe(0, name.equals("d") ? new byte[9] : bytes);
        ((VarCharVector) root.getVector(name)).setSafe(1, new byte[9]);
      }
      root.setRowCount(2);
      RowHasher within = new RowHasher();
      within.add(new RecordBatch(root));
      List<LargeReference> left = new ArrayList<>();
      for (int column : new int[] {1, 2, 4}) {
        ((VarCharVector) root.getVector(column)).setNull(0);
        left.add(new LargeReference(0, column, bytes.length, sha256));
      }
      RowHasher ahead = new RowHasher();
      ahead.add(new RecordBatch(root, List.of(), left));
      assertThat(within.fingerprint()).isEqualTo(ahead.fingerprint());
    }
  }

  @Test
  void refusesMisfitsThatAreOutOfOrder() {
    Schema schema = new Schema(List.of(integer("i", 64)));
    Misfit first = new Misfit(0, 0, Misfit.Kind.TYPE, new byte[] {1});
    Misfit second = new Misfit(1, 0, Misfit.Kind.TYPE, new byte[] {1});
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      ((BigIntVector) root.getVector(0)).allocateNew(2);
      root.setRowCount(2);
      RecordBatch batch = new RecordBatch(root, List.of(second, first), List.of());
      assertThatThrownBy(() -> new RowHasher().add(batch))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
