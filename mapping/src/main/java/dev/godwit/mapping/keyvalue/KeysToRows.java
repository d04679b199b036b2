package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Makes rows of keys with values, of the same columns: key and value are text by which people can
 * read them, and by which the bytes can be made again ({@link ByteText}); {@link KeptKeys} does.
 */
public final class KeysToRows implements Conversion {
  private final Dataset dataset;
  private final List<FieldMapping> fields;

  /** The conversion of a dataset of keys with values. */
  public KeysToRows(Dataset keys) {
    fields = keys.schema().getFields().stream().map(f -> mapping(keys, f)).toList();
    dataset =
        new Dataset(
            keys.name(),
            "table",
            new Schema(fields.stream().map(f -> f.target().field()).toList()),
            keys.required(),
            keys.key(),
            List.of(),
            List.of(),
            "",
            keys.estimate(),
            Map.of());
  }

  private static FieldMapping mapping(Dataset keys, Field field) {
    int place = keys.schema().getFields().indexOf(field);
    Field made =
        switch (place) {
          case KeyValues.KEY, KeyValues.VALUE ->
              Fields.of(field.getName(), ArrowType.Utf8.INSTANCE, "text");
          case KeyValues.ELEMENTS -> Fields.jsonToTheLetter(field.getName(), "json");
          default -> field;
        };
    boolean text = place == KeyValues.KEY || place == KeyValues.VALUE;
    String note = text ? "bytes that are no text as {\"base64\":\"...\"}" : "";
    return new FieldMapping(
        field, new Placement(made, text ? Fidelity.WIDER : Fidelity.EXACT, note));
  }

  @Override
  public Dataset dataset() {
    return dataset;
  }

  @Override
  public List<FieldMapping> fields() {
    return fields;
  }

  @Override
  public RecordReader reading(
      Partition partition, RecordReader source, Losses losses, BufferAllocator allocator) {
    List<Field> made = dataset.schema().getFields();
    return new ColumnsReader(
        source,
        new Texts(
            new ByteColumn(made.get(KeyValues.KEY), true),
            new ByteColumn(made.get(KeyValues.VALUE), true)),
        made,
        allocator);
  }

  /** Keys and values as text, all other columns as they are. */
  private record Texts(ByteColumn keys, ByteColumn values) implements ColumnsReader.ChangedColumns {
    @Override
    public List<FieldVector> of(
        RecordBatch batch, List<FieldVector> made, BufferAllocator allocator) {
      List<FieldVector> vectors = new ArrayList<>(batch.rows().getFieldVectors());
      made.add(keys.of(vectors.get(KeyValues.KEY), batch.rowCount(), allocator));
      made.add(values.of(vectors.get(KeyValues.VALUE), batch.rowCount(), allocator));
      vectors.set(KeyValues.KEY, made.get(0));
      vectors.set(KeyValues.VALUE, made.get(1));
      return vectors;
    }

    @Override
    public InputStream large(RecordBatch batch, LargeReference reference, Streams.Opening value)
        throws IOException {
      boolean bytes = reference.column() == KeyValues.VALUE || reference.column() == KeyValues.KEY;
      return bytes && !ByteText.isPlain(value) ? ByteText.odd(value) : null;
    }

    @Override
    public int place(RecordBatch batch, LargeReference reference) {
      return reference.column();
    }
  }
}
