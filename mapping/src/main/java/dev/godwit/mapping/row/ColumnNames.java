package dev.godwit.mapping.row;

import dev.godwit.mapping.FieldMapping;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Index;
import dev.godwit.spi.dataset.Dataset.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/** What columns are called in a target, wherever a description names them. */
final class ColumnNames {
  private final List<FieldMapping> fields;
  private final Map<String, String> names = new HashMap<>();

  ColumnNames(List<FieldMapping> fields) {
    this.fields = fields;
    fields.forEach(f -> names.put(f.source().getName(), f.target().field().getName()));
  }

  /**
   * The dataset with the columns of the target.
   *
   * @param required by their names in the source
   */
  Dataset of(Dataset rows, List<String> required) {
    return new Dataset(
        rows.name(),
        rows.kind(),
        new Schema(fields.stream().map(f -> f.target().field()).toList()),
        named(required),
        named(rows.key()),
        rows.indexes().stream()
            .map(i -> new Index(i.name(), named(i.columns()), i.unique()))
            .toList(),
        rows.references().stream()
            .map(r -> new Reference(r.name(), named(r.columns()), r.target(), r.targetColumns()))
            .toList(),
        rows.partitioning(),
        rows.estimate(),
        rows.attributes());
  }

  private List<String> named(List<String> columns) {
    return columns.stream().map(column -> names.getOrDefault(column, column)).toList();
  }
}
