package dev.godwit.mapping.document;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.RecordReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Makes a row of each document: its {@code _id}, the fields that all documents share where a shape
 * tells of them, and the rest as JSON.
 *
 * <p>Column {@code _id} is the primary key. It has the type that all ids have where the shape knows
 * it, and is else text, by which the id can be made again ({@link IdText}).
 *
 * <p>Column {@code document} holds, as {@link JsonbText} writes it, the document without what
 * stands in a column, and so without its {@code _id}: the two together, and nothing else, are the
 * document. It is never null. A value of a field that has a column is there all the same where the
 * column does not hold it: one of another type, a date too far away, a decimal zero below zero, or
 * null where the column's null says that the field is missing. So a row tells of each field whether
 * it was missing, null, or what it was. What no text tells is the order of the fields, which of the
 * four types a number had in the rest, and the bits of NaN there; double columns keep them.
 */
public final class DocumentsToRows implements Conversion {
  /** The column of the {@code _id}. */
  public static final String ID = "_id";

  /** The column of the rest. */
  public static final String DOCUMENT = "document";

  /** Kinds of datasets whose {@code _id} is one record's alone. */
  private static final String MEASUREMENTS = "time series";

  private final RowLayout layout;
  private final Dataset dataset;

  /**
   * The conversion of a dataset of documents.
   *
   * @param shape of documents that are to become typed columns
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where a choice names no field, or
   *     asks for another type
   */
  public DocumentsToRows(
      Dataset documents, Optional<DocumentShape> shape, List<FieldChoice> choices) {
    layout = RowLayout.of(documents, shape, choices);
    String id = layout.columns().get(0).getName();
    String rest = layout.columns().get(layout.columns().size() - 1).getName();
    boolean keyed = !documents.kind().equals(MEASUREMENTS);
    dataset =
        new Dataset(
            documents.name(),
            "table",
            new Schema(layout.columns()),
            keyed ? List.of(id, rest) : List.of(rest),
            keyed ? List.of(id) : List.of(),
            List.of(),
            List.of(),
            "",
            documents.estimate(),
            Map.of());
  }

  @Override
  public Dataset dataset() {
    return dataset;
  }

  @Override
  public List<FieldMapping> fields() {
    return layout.fields();
  }

  @Override
  public RecordReader reading(
      Partition partition, RecordReader source, Losses losses, BufferAllocator allocator) {
    return new RowingReader(
        partition,
        source,
        dataset.schema(),
        new DocumentRows(layout, !dataset.key().isEmpty(), new RowLosses(partition, losses)),
        allocator);
  }
}
