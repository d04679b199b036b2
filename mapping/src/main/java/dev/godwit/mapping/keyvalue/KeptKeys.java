package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.mapping.row.ValueText;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Makes keys with values of rows that were made of such by {@link KeysToRows}. */
public final class KeptKeys implements Conversion {
  private final Dataset rows;
  private final List<Integer> places;
  private final Dataset dataset;
  private final List<FieldMapping> fields;

  /**
   * The conversion of a dataset of rows.
   *
   * @throws IllegalArgumentException if its columns are not those of keys with values
   */
  public KeptKeys(Dataset rows) {
    if (!fit(rows.schema())) {
      throw new IllegalArgumentException(rows.name() + " holds no keys with values");
    }
    this.rows = rows;
    List<Field> own = rows.schema().getFields();
    List<String> names = own.stream().map(Field::getName).toList();
    List<Field> common = KeyValues.SCHEMA.getFields();
    List<Integer> first = common.stream().map(f -> names.indexOf(f.getName())).toList();
    List<Integer> others =
        Stream.iterate(0, place -> place < own.size(), place -> place + 1)
            .filter(place -> !first.contains(place))
            .toList();
    this.places = Stream.concat(first.stream(), others.stream()).toList();
    List<Field> made = Stream.concat(common.stream(), others.stream().map(own::get)).toList();
    this.fields =
        Stream.iterate(0, i -> i < made.size(), i -> i + 1)
            .map(i -> new FieldMapping(own.get(places.get(i)), exactly(made.get(i))))
            .toList();
    this.dataset = KeyDataset.of(rows, new Schema(made), Map.of());
  }

  private static Placement exactly(Field field) {
    return new Placement(field, Fidelity.EXACT, "");
  }

  /** Whether rows of a schema were keys with values, going by its columns. */
  public static boolean fit(Schema schema) {
    List<Field> fields = schema.getFields();
    return is(fields, KeyValues.KEY, FieldKind.TEXT)
        && is(fields, KeyValues.TYPE, FieldKind.TEXT)
        && is(fields, KeyValues.EXPIRES, FieldKind.INSTANT)
        && is(fields, KeyValues.VALUE, FieldKind.TEXT)
        && is(fields, KeyValues.ELEMENTS, FieldKind.JSON);
  }

  private static boolean is(List<Field> fields, int column, FieldKind kind) {
    String name = KeyValues.SCHEMA.getFields().get(column).getName();
    return fields.stream().anyMatch(f -> f.getName().equals(name) && FieldKind.of(f) == kind);
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
    return new ColumnsReader(source, new Kept(partition, losses), made, allocator);
  }

  /** The columns of one partition. Used by one thread. */
  private final class Kept implements ColumnsReader.ChangedColumns {
    private final Partition partition;
    private final Losses losses;
    private final ByteColumn keys = column(KeyValues.KEY);
    private final ByteColumn values = column(KeyValues.VALUE);

    Kept(Partition partition, Losses losses) {
      this.partition = partition;
      this.losses = losses;
    }

    private ByteColumn column(int place) {
      return new ByteColumn(KeyValues.SCHEMA.getFields().get(place), false);
    }

    @Override
    public List<FieldVector> of(
        RecordBatch batch, List<FieldVector> made, BufferAllocator allocator) {
      if (!batch.misfits().isEmpty()) {
        int row = batch.misfits().get(0).row();
        throw refused(batch, row, "holds a value that no key has");
      }
      List<FieldVector> vectors = new ArrayList<>();
      places.forEach(place -> vectors.add(batch.rows().getVector(place)));
      bytes(batch, keys, KeyValues.KEY, vectors, made, allocator);
      bytes(batch, values, KeyValues.VALUE, vectors, made, allocator);
      FieldVector expires = vectors.get(KeyValues.EXPIRES);
      if (!expires.getField().getType().equals(type(KeyValues.EXPIRES))) {
        vectors.set(KeyValues.EXPIRES, millis(batch, (TimeStampVector) expires, made, allocator));
      }
      for (int row = 0; row < batch.rowCount(); row++) {
        check(batch, row, vectors);
      }
      return vectors;
    }

    private void bytes(
        RecordBatch batch,
        ByteColumn column,
        int place,
        List<FieldVector> vectors,
        List<FieldVector> made,
        BufferAllocator allocator) {
      try {
        made.add(column.of(vectors.get(place), batch.rowCount(), allocator));
        vectors.set(place, made.get(made.size() - 1));
      } catch (ByteColumn.OddTextException e) {
        String name = KeyValues.SCHEMA.getFields().get(place).getName();
        throw refused(batch, e.row(), "holds a " + name + " that is wrong: " + e.getMessage());
      }
    }

    private FieldVector millis(
        RecordBatch batch,
        TimeStampVector expires,
        List<FieldVector> made,
        BufferAllocator allocator) {
      TimeStampMilliTZVector millis =
          (TimeStampMilliTZVector)
              KeyValues.SCHEMA.getFields().get(KeyValues.EXPIRES).createVector(allocator);
      made.add(millis);
      millis.allocateNew(batch.rowCount());
      for (int row = 0; row < batch.rowCount(); row++) {
        if (!expires.isNull(row)) {
          Instant instant = ValueText.instant(expires, row);
          millis.set(row, instant.toEpochMilli());
          if (!instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
            losses.lost(
                partition.dataset(),
                expires.getName(),
                name(batch, row),
                "keys expire at whole milliseconds");
          }
        }
      }
      millis.setValueCount(batch.rowCount());
      return millis;
    }

    private void check(RecordBatch batch, int row, List<FieldVector> vectors) {
      boolean value = has(batch, row, vectors, KeyValues.VALUE);
      boolean elements = has(batch, row, vectors, KeyValues.ELEMENTS);
      if (!has(batch, row, vectors, KeyValues.KEY) || !has(batch, row, vectors, KeyValues.TYPE)) {
        throw refused(batch, row, "has no key, or no type");
      } else if (KeyType.of(vectors.get(KeyValues.TYPE).getObject(row).toString()).isEmpty()) {
        throw refused(batch, row, "has a type that no value is of");
      } else if (value == elements) {
        throw refused(batch, row, value ? "has both value and elements" : "has no value");
      }
    }

    private boolean has(RecordBatch batch, int row, List<FieldVector> vectors, int place) {
      return !vectors.get(place).isNull(row) || batch.largeAt(row, places.get(place)) != null;
    }

    private String name(RecordBatch batch, int row) {
      FieldVector key = batch.rows().getVector(places.get(KeyValues.KEY));
      return "key=" + ValueText.of(key, row);
    }

    private GodwitException refused(RecordBatch batch, int row, String why) {
      return new GodwitException(
          ExitCode.FAILED,
          "row %s of %s %s, and becomes no key as it was"
              .formatted(name(batch, row), rows.name(), why),
          "give --key a template, and each row becomes the value of a key");
    }

    @Override
    public InputStream large(RecordBatch batch, LargeReference reference, Streams.Opening value)
        throws IOException {
      boolean bytes = places.indexOf(reference.column()) == KeyValues.VALUE;
      return bytes && ByteText.isOdd(value) ? ByteText.bytes(value, reference.length()) : null;
    }

    @Override
    public int place(RecordBatch batch, LargeReference reference) {
      return places.indexOf(reference.column());
    }
  }

  private static ArrowType type(int place) {
    return KeyValues.SCHEMA.getFields().get(place).getType();
  }
}
