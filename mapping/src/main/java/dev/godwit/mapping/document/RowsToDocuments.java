package dev.godwit.mapping.document;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.record.Fields;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Makes a document of each row; {@link FieldPlaces} says of what types, {@link DocumentLayout}
 * where.
 */
public final class RowsToDocuments implements Conversion {
  /** The one column of a dataset of documents. */
  public static final String DOCUMENT = "document";

  /**
   * Attribute of the dataset: the columns that became the {@code _id}, one a line; empty where it
   * was made up.
   */
  public static final String ID_OF = "mapping.id";

  private final DocumentLayout layout;
  private final Dataset dataset;
  private final List<FieldMapping> fields;

  /** The conversion of a dataset of rows. */
  public RowsToDocuments(Dataset rows, List<FieldChoice> choices) {
    layout = DocumentLayout.of(rows, choices);
    DocumentIndexes indexes = DocumentIndexes.of(rows, layout);
    fields = layout.fields().stream().map(field -> noted(field, indexes)).toList();
    dataset =
        new Dataset(
            rows.name(),
            "collection",
            new Schema(List.of(Fields.bson(DOCUMENT, DOCUMENT))),
            layout.paths(rows.required(), rows),
            List.of(),
            indexes.indexes(),
            indexes.references(),
            "",
            rows.estimate(),
            attributes(rows, layout));
  }

  private static Map<String, String> attributes(Dataset rows, DocumentLayout layout) {
    String key = String.join("\n", rows.key());
    return layout
        .dollarField()
        .map(field -> Map.of(ID_OF, key, Dataset.DOLLAR_FIELD, field))
        .orElse(Map.of(ID_OF, key));
  }

  private static FieldMapping noted(FieldMapping field, DocumentIndexes indexes) {
    Placement target = field.target();
    String more = indexes.notes().getOrDefault(field.source().getName(), "");
    String between = more.isEmpty() || target.note().isEmpty() ? "" : "; ";
    return new FieldMapping(
        field.source(),
        new Placement(target.field(), target.fidelity(), target.note() + between + more));
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
    return new DocumentingReader(
        source,
        dataset.schema(),
        new RowDocuments(layout, partition, new RowLosses(partition, losses)),
        allocator);
  }
}
