package dev.godwit.mapping.run;

import dev.godwit.mapping.BatchesHeld;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads without some fields. Which field a large value belongs to is known only by the batch after
 * it, so large values are set aside on disk.
 */
final class LeftOutFields implements RecordReader {
  private final BatchesHeld source;

  /** By its place in the source, the place of a field; -1 where it is left out. */
  private final int[] places;

  /** Reads what a reader reads of a dataset; closes it when it is closed. */
  LeftOutFields(RecordReader source, Dataset dataset, Dataset without) {
    this.source = new BatchesHeld(source);
    List<String> kept = names(without);
    this.places = names(dataset).stream().mapToInt(kept::indexOf).toArray();
  }

  private static List<String> names(Dataset dataset) {
    return dataset.schema().getFields().stream().map(Field::getName).toList();
  }

  /** A dataset without some of its fields, and without the keys and indexes that they are in. */
  static Dataset without(Dataset dataset, Set<String> leftOut) {
    List<Field> fields =
        dataset.schema().getFields().stream().filter(f -> !leftOut.contains(f.getName())).toList();
    boolean keyed = dataset.key().stream().noneMatch(leftOut::contains);
    return new Dataset(
        dataset.name(),
        dataset.kind(),
        new Schema(fields),
        dataset.required().stream().filter(f -> !leftOut.contains(f)).toList(),
        keyed ? dataset.key() : List.of(),
        dataset.indexes().stream()
            .filter(i -> i.columns().stream().noneMatch(leftOut::contains))
            .toList(),
        dataset.references().stream()
            .filter(r -> r.columns().stream().noneMatch(leftOut::contains))
            .toList(),
        dataset.partitioning(),
        dataset.estimate(),
        dataset.attributes());
  }

  @Override
  public RecordItem next() {
    return source.next(batch -> large -> places[large.column()] >= 0, this::without);
  }

  private RecordBatch without(RecordBatch batch) {
    List<Field> fields = new ArrayList<>();
    List<FieldVector> vectors = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        fields.add(batch.rows().getSchema().getFields().get(i));
        vectors.add(batch.rows().getVector(i));
      }
    }
    return new RecordBatch(
        new VectorSchemaRoot(fields, vectors, batch.rowCount()),
        batch.misfits().stream()
            .filter(m -> places[m.column()] >= 0)
            .map(m -> new Misfit(m.row(), places[m.column()], m.kind(), m.bytes()))
            .toList(),
        batch.large().stream()
            .filter(l -> places[l.column()] >= 0)
            .map(l -> new LargeReference(l.row(), places[l.column()], l.length(), l.sha256()))
            .toList());
  }

  @Override
  public void close() {
    source.close();
  }
}
