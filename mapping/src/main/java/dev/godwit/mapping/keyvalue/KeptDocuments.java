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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Makes keys with values of documents that were made of such, by {@link KeysToRows} and {@link
 * dev.godwit.mapping.document.RowsToDocuments}; {@link KeptDocument} says of what form they are.
 */
public final class KeptDocuments implements Conversion {
  private static final Field FLAGS =
      Fields.of(KeptDocument.FLAGS, new ArrowType.Int(64, true), "flags");

  private final KeptForm form;
  private final List<FieldMapping> fields;
  private final Dataset dataset;

  /** The conversion of a dataset of documents of a form. */
  public KeptDocuments(Dataset documents, KeptForm form) {
    this.form = form;
    this.fields = fields(form);
    List<Field> made = fields.stream().map(mapping -> mapping.target().field()).toList();
    this.dataset = KeyDataset.of(documents, new Schema(made), Map.of());
  }

  private static List<FieldMapping> fields(KeptForm form) {
    List<FieldMapping> fields = new ArrayList<>();
    for (int place = 0; place < KeyValues.SCHEMA.getFields().size(); place++) {
      Field made = KeyValues.SCHEMA.getFields().get(place);
      fields.add(
          switch (place) {
            case KeyValues.KEY -> mapping(KeptDocument.ID, "string", made, "the key that it was");
            case KeyValues.EXPIRES -> mapping(made.getName(), "date", made, "");
            case KeyValues.ELEMENTS -> mapping(made.getName(), "array or object", made, "");
            default -> mapping(made.getName(), "string", made, "");
          });
    }
    if (form.flags()) {
      fields.add(mapping(KeptDocument.FLAGS, "long", FLAGS, "kept by Memcached alone"));
    }
    return List.copyOf(fields);
  }

  private static FieldMapping mapping(String name, String type, Field made, String note) {
    Field source = Fields.of(name, made.getType(), type);
    return new FieldMapping(source, new Placement(made, Fidelity.EXACT, note));
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
    return new KeyingReader(
        source,
        new KeptDocumentKeys(partition, form),
        new KeyValueBatch(dataset.schema(), allocator));
  }
}
