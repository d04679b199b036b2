package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import dev.godwit.mapping.row.ValueText;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.RecordBatch;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Writes the documents of one partition's rows. Used by one thread. */
final class RowDocuments {
  /** What a server takes at most: 16 MiB. */
  static final int GREATEST = 16 << 20;

  private static final BitSet NOTHING = new BitSet(0);

  private final DocumentLayout layout;
  private final Partition partition;
  private final RowLosses losses;
  private final byte[][] names;
  private VectorSchemaRoot bound;
  private ElementWriter[] writers = {};
  private OddValues odd;
  private long rowsBefore;

  RowDocuments(DocumentLayout layout, Partition partition, RowLosses losses) {
    this.layout = layout;
    this.partition = partition;
    this.losses = losses;
    this.names = layout.names().stream().map(Names::of).toArray(byte[][]::new);
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
   * lost, one after the other, until it is not.
   */
  void write(int row, GrowingBytes out) {
    losses.at(row);
    int start = out.size();
    document(row, NOTHING, out);
    if (out.size() - start > GREATEST) {
      shorten(row, start, out);
    }
  }

  private void shorten(int row, int start, GrowingBytes out) {
    BitSet without = new BitSet();
    while (out.size() - start > GREATEST) {
      int size = out.size() - start;
      int largest = largest(row, without, out);
      var ignored =
          losses.lost(
              bound.getVector(largest).getName(),
              "the document would have %d bytes, and one of MongoDB has %d at most"
                  .formatted(size, GREATEST));
      without.set(largest);
      out.cutTo(start);
      document(row, without, out);
    }
  }

  /** The column whose value takes most of the document, of those that are in it. */
  private int largest(int row, BitSet without, GrowingBytes out) {
    int largest = -1;
    int most = -1;
    for (int place : layout.body()) {
      int before = out.size();
      element(row, place, names[place], out);
      int size = out.size() - before;
      out.cutTo(before);
      if (size > most && !without.get(place)) {
        most = size;
        largest = place;
      }
    }
    if (largest < 0) {
      throw new GodwitException(
          ExitCode.LOSSY,
          partition.dataset() + ": the key of a row has more than 16 MiB, and a document cannot",
          "leave the row out with --where");
    }
    return largest;
  }

  private void document(int row, BitSet without, GrowingBytes out) {
    int mark = out.beginLength();
    id(row, out);
    for (int place : layout.body()) {
      if (without.get(place)) {
        out.element(BsonType.NULL, names[place]);
      } else {
        element(row, place, names[place], out);
      }
    }
    out.endDocument(mark);
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
