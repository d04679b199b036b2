package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Keys with values as a store keeps them whose expiries are whole multiples of some unit: each key
 * expires at the last such instant that is not after its own.
 *
 * @param dataset the keys
 * @param millis the unit, at least 1
 */
public record WholeExpiries(Dataset dataset, long millis) implements Conversion {
  @Override
  public List<FieldMapping> fields() {
    return dataset.schema().getFields().stream()
        .map(field -> new FieldMapping(field, new Placement(field, Fidelity.EXACT, "")))
        .toList();
  }

  @Override
  public RecordReader reading(
      Partition partition, RecordReader source, Losses losses, BufferAllocator allocator) {
    List<Field> fields = dataset.schema().getFields();
    return new ColumnsReader(source, new Cut(millis, fields.size()), fields, allocator);
  }

  private record Cut(long unit, int columns) implements ColumnsReader.ChangedColumns {
    @Override
    public List<FieldVector> of(
        RecordBatch batch, List<FieldVector> made, BufferAllocator allocator) {
      List<FieldVector> vectors =
          new ArrayList<>(batch.rows().getFieldVectors().subList(0, columns));
      TimeStampMilliTZVector own = (TimeStampMilliTZVector) vectors.get(KeyValues.EXPIRES);
      TimeStampMilliTZVector cut = (TimeStampMilliTZVector) own.getField().createVector(allocator);
      made.add(cut);
      cut.allocateNew(batch.rowCount());
      for (int row = 0; row < batch.rowCount(); row++) {
        if (!own.isNull(row)) {
          cut.set(row, Math.floorDiv(own.get(row), unit) * unit);
        }
      }
      cut.setValueCount(batch.rowCount());
      vectors.set(KeyValues.EXPIRES, cut);
      return vectors;
    }

    @Override
    public InputStream large(RecordBatch batch, LargeReference reference, Streams.Opening value) {
      return null;
    }

    @Override
    public int place(RecordBatch batch, LargeReference reference) {
      return reference.column();
    }
  }
}
