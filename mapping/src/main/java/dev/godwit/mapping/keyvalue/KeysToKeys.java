package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.RecordBatch;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Keys with values of one engine for another: a value of a type that the target does not hold is
 * lost, or becomes a string, of the JSON of its elements. What stands in further columns is lost
 * where the target does not keep them.
 */
public final class KeysToKeys implements Conversion {
  private static final byte[] STRING = "string".getBytes(StandardCharsets.US_ASCII);
  private static final String NOT_KEPT = "not kept by another engine";

  private final Dataset keys;
  private final Set<String> types;
  private final List<Integer> notKept;

  /**
   * The conversion of a dataset of keys with values.
   *
   * @param form that the target takes
   */
  public KeysToKeys(Dataset keys, RecordForm.KeyValues form) {
    this.keys = keys;
    this.types = Set.copyOf(form.types());
    List<Field> fields = keys.schema().getFields();
    this.notKept =
        IntStream.range(KeyValues.SCHEMA.getFields().size(), fields.size())
            .filter(place -> !form.further().contains(fields.get(place).getName()))
            .boxed()
            .toList();
  }

  @Override
  public Dataset dataset() {
    return keys;
  }

  @Override
  public List<FieldMapping> fields() {
    List<FieldMapping> mappings = new ArrayList<>();
    for (Field field : keys.schema().getFields()) {
      boolean kept = !notKept.contains(mappings.size());
      mappings.add(
          new FieldMapping(
              field,
              new Placement(field, kept ? Fidelity.EXACT : Fidelity.LOSSY, kept ? "" : NOT_KEPT)));
    }
    return mappings;
  }

  @Override
  public RecordReader reading(
      Partition partition, RecordReader source, Losses losses, BufferAllocator allocator) {
    return new ColumnsReader(
        source, new Held(partition, losses), keys.schema().getFields(), allocator);
  }

  /** The columns of one partition. Used by one thread. */
  private final class Held implements ColumnsReader.ChangedColumns {
    private final Partition partition;
    private final Losses losses;

    Held(Partition partition, Losses losses) {
      this.partition = partition;
      this.losses = losses;
    }

    private boolean isHeld(RecordBatch batch, int row) {
      return types.contains(batch.rows().getVector(KeyValues.TYPE).getObject(row).toString());
    }

    @Override
    public List<FieldVector> of(
        RecordBatch batch, List<FieldVector> made, BufferAllocator allocator) {
      List<FieldVector> vectors = new ArrayList<>(batch.rows().getFieldVectors());
      boolean changes = false;
      for (int row = 0; row < batch.rowCount(); row++) {
        if (!isHeld(batch, row)) {
          changes = true;
          String type = vectors.get(KeyValues.TYPE).getObject(row).toString();
          lost(batch, row, KeyValues.ELEMENTS, "the target holds no " + type);
        }
        for (int place : notKept) {
          if (says(vectors.get(place), row) || batch.largeAt(row, place) != null) {
            lost(batch, row, place, NOT_KEPT);
          }
        }
      }
      if (changes) {
        change(batch, vectors, made, allocator);
      }
      return vectors;
    }

    private void lost(RecordBatch batch, int row, int place, String why) {
      byte[] key = ((VarBinaryVector) batch.rows().getVector(KeyValues.KEY)).get(row);
      losses.lost(
          partition.dataset(),
          batch.rows().getVector(place).getName(),
          "key=" + new String(key, StandardCharsets.UTF_8),
          why);
    }

    /** Flags that nobody gave are zero. */
    private static boolean says(FieldVector further, int row) {
      boolean flags = further.getName().equals(KeptDocument.FLAGS);
      return !further.isNull(row)
          && !(flags && further instanceof BigIntVector numbers && numbers.get(row) == 0);
    }

    private void change(
        RecordBatch batch,
        List<FieldVector> vectors,
        List<FieldVector> made,
        BufferAllocator allocator) {
      for (int place : List.of(KeyValues.TYPE, KeyValues.VALUE, KeyValues.ELEMENTS)) {
        FieldVector vector = vectors.get(place).getField().createVector(allocator);
        made.add(vector);
        vector.allocateNew();
      }
      VarCharVector elements = (VarCharVector) vectors.get(KeyValues.ELEMENTS);
      for (int row = 0; row < batch.rowCount(); row++) {
        if (isHeld(batch, row)) {
          made.get(0).copyFromSafe(row, row, vectors.get(KeyValues.TYPE));
          made.get(1).copyFromSafe(row, row, vectors.get(KeyValues.VALUE));
          made.get(2).copyFromSafe(row, row, elements);
        } else {
          ((VarCharVector) made.get(0)).setSafe(row, STRING);
          made.get(2).setNull(row);
          if (elements.isNull(row)) {
            made.get(1).copyFromSafe(row, row, vectors.get(KeyValues.VALUE));
          } else {
            ((VarBinaryVector) made.get(1)).setSafe(row, elements.get(row));
          }
        }
      }
      made.forEach(vector -> vector.setValueCount(batch.rowCount()));
      vectors.set(KeyValues.TYPE, made.get(0));
      vectors.set(KeyValues.VALUE, made.get(1));
      vectors.set(KeyValues.ELEMENTS, made.get(2));
    }

    @Override
    public InputStream large(RecordBatch batch, LargeReference reference, Streams.Opening value) {
      return null;
    }

    @Override
    public int place(RecordBatch batch, LargeReference reference) {
      boolean moves = reference.column() == KeyValues.ELEMENTS && !isHeld(batch, reference.row());
      return moves ? KeyValues.VALUE : reference.column();
    }
  }
}
