package dev.godwit.mapping.document;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Index;
import dev.godwit.spi.dataset.Dataset.Reference;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.RecordReader;
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

  /** The conversion of a dataset of rows. */
  public RowsToDocuments(Dataset rows, List<FieldChoice> choices) {
    layout = DocumentLayout.of(rows, choices);
    dataset =
        new Dataset(
            rows.name(),
            "collection",
            new Schema(List.of(Fields.bson(DOCUMENT, DOCUMENT))),
            paths(rows.required(), rows),
            List.of(),
            rows.indexes().stream()
                .map(i -> new Index(i.name(), paths(i.columns(), rows), i.unique()))
                .toList(),
            rows.references().stream()
                .map(
                    r ->
                        new Reference(
                            r.name(), paths(r.columns(), rows), r.target(), r.targetColumns()))
                .toList(),
            "",
            rows.estimate(),
            Map.of(ID_OF, String.join("\n", rows.key())));
  }

  private List<String> paths(List<String> columns, Dataset rows) {
    return columns.stream().map(column -> layout.path(column, rows)).toList();
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
    return new DocumentingReader(
        source,
        dataset.schema(),
        new RowDocuments(layout, partition, new RowLosses(partition, losses)),
        allocator);
  }
}
