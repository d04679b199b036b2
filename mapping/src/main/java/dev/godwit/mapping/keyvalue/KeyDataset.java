package dev.godwit.mapping.keyvalue;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.record.KeyValues;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** What a dataset becomes whose records are made keys. */
final class KeyDataset {
  private KeyDataset() {}

  /**
   * The keys of a dataset.
   *
   * @param schema that of {@link KeyValues}, with or without further columns
   */
  static Dataset of(Dataset records, Schema schema, Map<String, String> attributes) {
    List<Field> fields = schema.getFields();
    String key = fields.get(KeyValues.KEY).getName();
    return new Dataset(
        records.name(),
        "keys",
        schema,
        List.of(key, fields.get(KeyValues.TYPE).getName()),
        List.of(key),
        List.of(),
        List.of(),
        "",
        records.estimate(),
        attributes);
  }
}
