package dev.godwit.mapping.run;

import dev.godwit.mapping.FieldChoice;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Reference;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The columns that references point at, by the names that they have in the target. */
final class ReferredColumns {
  private final Function<DatasetName, Optional<DatasetChoice>> choices;

  /**
   * Columns that may have new names.
   *
   * @param choices what is asked for of the dataset that is referred to
   */
  ReferredColumns(Function<DatasetName, Optional<DatasetChoice>> choices) {
    this.choices = choices;
  }

  /** The dataset, with references that point at columns by their names in the source. */
  Dataset in(Dataset made) {
    if (made.references().isEmpty()) {
      return made;
    }
    return new Dataset(
        made.name(),
        made.kind(),
        made.schema(),
        made.required(),
        made.key(),
        made.indexes(),
        made.references().stream().map(this::named).toList(),
        made.partitioning(),
        made.estimate(),
        made.attributes());
  }

  private Reference named(Reference reference) {
    List<FieldChoice> fields =
        choices.apply(reference.target()).map(DatasetChoice::fields).orElse(List.of());
    List<String> columns =
        reference.targetColumns().stream().map(column -> named(column, fields)).toList();
    return new Reference(reference.name(), reference.columns(), reference.target(), columns);
  }

  private static String named(String column, List<FieldChoice> fields) {
    return fields.stream()
        .filter(field -> field.source().equals(column) && field.name() != null)
        .map(FieldChoice::name)
        .findFirst()
        .orElse(column);
  }
}
