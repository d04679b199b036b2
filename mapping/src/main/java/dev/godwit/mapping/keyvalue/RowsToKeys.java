package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.KeyValues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes a key with a value of each row; {@link RowForm} says of what form the value is. */
public final class RowsToKeys implements Conversion {
  /** Attribute of the dataset: the template that its keys are made by. */
  public static final String TEMPLATE = "mapping.key";

  private final RowForm form;
  private final Optional<Instant> expires;
  private final RowLayout layout;
  private final KeyColumns columns;
  private final List<Integer> key;
  private final Dataset dataset;

  /**
   * The conversion of a dataset of rows.
   *
   * @param type of the values, {@code hash} or {@code string}
   * @param keying how their keys are made
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where rows could share a key, or a
   *     choice does not fit
   */
  public RowsToKeys(Dataset rows, String type, Keying keying, List<FieldChoice> choices) {
    form = RowForm.of(type).orElseThrow(() -> new IllegalArgumentException("no row is a " + type));
    expires = keying.expires();
    layout = RowLayout.of(rows, form instanceof HashForm, choices);
    columns = KeyColumns.of(rows, keying);
    List<String> names = rows.schema().getFields().stream().map(Field::getName).toList();
    key = rows.key().stream().map(names::indexOf).filter(place -> place >= 0).toList();
    dataset = keys(rows, columns.template());
  }

  /** A dataset of keys that a template makes. */
  static Dataset keys(Dataset records, KeyTemplate template) {
    return KeyDataset.of(records, KeyValues.SCHEMA, Map.of(TEMPLATE, template.toString()));
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
    return new KeyingReader(
        source,
        new RowKeys(
            partition, form, KeyHead.of(form.word(), expires), layout, columns, key, losses),
        new KeyValueBatch(dataset.schema(), allocator));
  }
}
