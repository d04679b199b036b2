package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import dev.godwit.mapping.row.ValueText;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.RecordBatch;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Writes the documents of one partition's rows. Used by one thread. */
final class RowDocuments {
  /** What a server takes at most: 16 MiB. */
  static final int GREATEST = 16 << 20;

  private final DocumentLayout layout;
  private final Partition partition;
  private final RowLosses losses;
  private final byte[][] names;
  private final int[] body;

  /** Where the elements of the body begin, each ending where the next begins. */
  private final int[] begins;

  private VectorSchemaRoot bound;
  private ElementWriter[] writers = {};
  private OddValues odd;
  private long rowsBefore;

  RowDocuments(DocumentLayout layout, Partition partition, RowLosses losses) {
    this.layout = layout;
    this.partition = partition;
    this.losses = losses;
    this.names = layout.names().stream().map(Names::of).toArray(byte[][]::new);
    this.body = layout.body().stream().mapToInt(Integer::intValue).toArray();
    this.begins = new int[body.length + 1];
  }

  /** Begins with a batch. */
  void over(RecordBatch batch, LargeSpool spool) {
    List<FieldVector> vectors = batch.rows().getFieldVectors();
    if (batch.rows() != bound) { // readers fill the same vectors again: what was chosen holds
      writers = new ElementWriter[vectors.size()];
      for (int place = 0; place < writers.length; place++) {
        FieldVector vector = vectors.get(place);
        writers[place] =
            layout.asText().get(place)
                ? ElementWriters.text(vector)
                : ElementWriters.of(vector, lossesOf(place, vector));
      }
      losses.keys(row -> key(vectors, row));
      bound = batch.rows();
    }
    odd =
        batch.misfits().isEmpty() && batch.large().isEmpty()
            ? null
            : new OddValues(batch, spool, layout.asText());
  }

  private FieldLosses lossesOf(int place, FieldVector vector) {
    return layout.key().contains(place)
        ? losses.ofKey(vector.getName())
        : losses.of(vector.getName());
  }

  private String key(List<FieldVector> vectors, int row) {
    if (layout.key().isEmpty()) {
      return "row " + (rowsBefore + row) + " of partition " + partition.ordinal();
    }
    return layout.key().stream()
        .map(place -> vectors.get(place).getName() + "=" + ValueText.of(vectors.get(place), row))
        .collect(Collectors.joining(", "));
  }

  /** Ends a batch: the rows of the next have other places in the partition. */
  void end(RecordBatch batch) {
    rowsBefore += batch.rowCount();
  }

  /**
   * Writes the document of a row. Where it is larger than a server takes, its largest values are
   * lost, one after the other, until it is not: as soon as there are too many bytes, so that no
   * more of them are held.
   */
  void write(int row, GrowingBytes out) {
    losses.at(row);
    int start = out.size();
    int mark = out.beginLength();
    id(row, out);
    if (out.size() + 1 - start > GREATEST) {
      throw keyTooLarge();
    }
    for (int i = 0; i < body.length; i++) {
      begins[i] = out.size();
      element(row, body[i], names[body[i]], out);
      begins[i + 1] = out.size();
      while (out.size() + 1 - start > GREATEST) { // a zero ends it
        drop(largest(i), i, out);
      }
    }
    out.endDocument(mark);
  }

  /** Of the elements up to one, that which takes most of the document. */
  private int largest(int last) {
    int largest = 0;
    for (int i = 1; i <= last; i++) {
      if (begins[i + 1] - begins[i] > begins[largest + 1] - begins[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /** Makes an element null. */
  private void drop(int element, int last, GrowingBytes out) {
    int value = begins[element] + 1 + names[body[element]].length;
    int length = begins[element + 1] - value;
    if (length <= 0) {
      throw keyTooLarge();
    }
    var ignored =
        losses.lost(
            bound.getVector(body[element]).getName(),
            "with it the document would have more than the %d bytes that one of MongoDB has at most"
                .formatted(GREATEST));
    out.array()[begins[element]] = BsonType.NULL;
    out.remove(value, begins[element + 1]);
    for (int i = element + 1; i <= last + 1; i++) {
      begins[i] -= length;
    }
  }

  private GodwitException keyTooLarge() {
    return new GodwitException(
        ExitCode.LOSSY,
        partition.dataset() + ": the key of a row has more than 16 MiB, and a document cannot",
        "leave the row out with --where");
  }

  private void id(int row, GrowingBytes out) {
    if (layout.key().isEmpty()) {
      out.element(BsonType.OBJECT_ID, Names.ID);
      out.int4(Integer.reverseBytes(partition.ordinal()));
      out.int8(Long.reverseBytes(rowsBefore + row));
    } else if (layout.idIsObject()) {
      out.element(BsonType.DOCUMENT, Names.ID);
      int mark = out.beginLength();
      for (int place : layout.key()) {
        element(row, place, names[place], out);
      }
      out.endDocument(mark);
    } else {
      element(row, layout.key().get(0), Names.ID, out);
    }
  }

  private void element(int row, int place, byte[] name, GrowingBytes out) {
    if (odd == null || !odd.write(row, place, name, lossesOf(place, bound.getVector(place)), out)) {
      writers[place].write(row, name, out);
    }
  }
}
