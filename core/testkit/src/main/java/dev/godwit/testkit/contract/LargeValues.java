package dev.godwit.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.LargeBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/** Holds every reference of a batch against the values that came ahead of it. */
final class LargeValues {
  private final Deque<LargeBytes> ahead = new ArrayDeque<>();
  private long count;

  void meet(RecordItem item) {
    if (item instanceof LargeValue value) {
      try {
        ahead.add(LargeBytes.measured(value.bytes()));
        count++;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else if (item instanceof RecordBatch batch) {
      long before = -1;
      for (LargeReference reference : batch.large()) {
        long place = ((long) reference.row() << 32) | reference.column();
        assertThat(place).as("references are in order").isGreaterThan(before);
        assertThat(ahead).as("a value ahead of its reference").isNotEmpty();
        LargeBytes value = ahead.removeFirst();
        assertThat(value.length()).isEqualTo(reference.length());
        assertThat(value.sha256()).isEqualTo(new Bytes(reference.sha256()));
        assertThat(value.length()).isGreaterThan(LargeValue.THRESHOLD);
        assertThat(batch.rows().getVector(reference.column()).isNull(reference.row())).isTrue();
        before = place;
      }
      assertThat(ahead).as("values that the batch does not refer to").isEmpty();
      batch.rows().getFieldVectors().forEach(vector -> staysSmall(vector, batch.rowCount()));
    }
  }

  private static void staysSmall(FieldVector vector, int rows) {
    if (vector instanceof BaseVariableWidthVector variable) {
      for (int row = 0; row < rows; row++) {
        assertThat(variable.isNull(row) ? 0 : variable.getValueLength(row))
            .isLessThanOrEqualTo(LargeValue.THRESHOLD);
      }
    }
  }

  void finish() {
    assertThat(ahead).as("values that no batch refers to").isEmpty();
  }

  long count() {
    return count;
  }
}
