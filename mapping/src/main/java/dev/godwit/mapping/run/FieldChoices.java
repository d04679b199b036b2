package dev.godwit.mapping.run;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.Field;

/** What is wanted of the fields of one dataset, held against those that it has. */
final class FieldChoices {
  private final Dataset source;
  private final Optional<DatasetChoice> choice;

  /** Choices of a dataset of the run. */
  FieldChoices(Dataset source, Optional<DatasetChoice> choice) {
    this.source = source;
    this.choice = choice;
  }

  /**
   * The dataset without the fields that are left out.
   *
   * @throws GodwitException {@code USAGE} where it has no such field, or none would be left
   */
  Dataset read() {
    if (choice.isEmpty()) {
      return source;
    }
    DatasetChoice given = choice.get();
    List<String> names = source.schema().getFields().stream().map(Field::getName).toList();
    for (String field : given.leftOut()) {
      if (!names.contains(field)) {
        throw Conversions.isDocuments(source)
            ? given.wrong(
                field,
                "field '%s' of documents (%s) cannot be left out".formatted(field, source.name()),
                Optional.of("leave the dataset out with skip, or move it whole"))
            : unknown(given, field, names);
      }
    }
    if (given.skipOthers() && Conversions.isDocuments(source)) {
      throw given.wrong(
          "fields of documents (%s) cannot be left out".formatted(source.name()),
          "leave the dataset out with skip, or skip-others out");
    }
    Set<String> leftOut = given.leftOutOf(names);
    if (leftOut.isEmpty()) {
      return source;
    }
    Dataset read = LeftOutFields.without(source, leftOut);
    if (read.schema().getFields().isEmpty()) {
      throw given.wrong(
          "no field of " + source.name() + " would be left", "leave the dataset out with skip");
    }
    return read;
  }

  private GodwitException unknown(DatasetChoice given, String field, List<String> names) {
    return given.wrong(
        field,
        source.name() + " has no field '" + field + "'",
        Optional.of("fields are " + String.join(", ", names)));
  }

  /**
   * What is wanted and would not go so anyway.
   *
   * @param byDefault what becomes of what is read
   * @throws GodwitException {@code USAGE} where there is no such field
   */
  List<FieldChoice> beyondDefault(Optional<Conversion> byDefault) {
    if (choice.isEmpty() || choice.get().fields().isEmpty()) {
      return List.of();
    }
    List<FieldMapping> fields =
        byDefault.map(Conversion::fields).orElseGet(() -> MappedDataset.asTheyAre(read()));
    DatasetChoice given = choice.get();
    return given.fields().stream()
        .filter(
            wanted ->
                !same(
                    wanted,
                    fields.stream()
                        .filter(f -> f.source().getName().equals(wanted.source()))
                        .findFirst()
                        .orElseThrow(
                            () ->
                                unknown(
                                    given,
                                    wanted.source(),
                                    fields.stream().map(f -> f.source().getName()).toList()))))
        .toList();
  }

  private static boolean same(FieldChoice wanted, FieldMapping byDefault) {
    Field target = byDefault.target().field();
    return (wanted.name() == null || wanted.name().equals(target.getName()))
        && (wanted.type() == null || Optional.of(wanted.type()).equals(Fields.nativeType(target)));
  }

  /**
   * The conversion with what is wanted.
   *
   * @throws GodwitException {@code USAGE} where it cannot be, with the place of what is wrong
   */
  Optional<Conversion> with(
      List<FieldChoice> wanted, Function<List<FieldChoice>, Optional<Conversion>> conversion) {
    try {
      return conversion.apply(wanted);
    } catch (GodwitException e) {
      for (FieldChoice one : wanted) {
        check(one, conversion);
      }
      throw wanted.isEmpty() ? e : choice.orElseThrow().wrong("", e.getMessage(), e.hint());
    }
  }

  /** Which of several is wrong is found by trying each of them. */
  private void check(
      FieldChoice one, Function<List<FieldChoice>, Optional<Conversion>> conversion) {
    try {
      var unused = conversion.apply(List.of(one));
    } catch (GodwitException e) {
      throw choice.orElseThrow().wrong(one.source(), e.getMessage(), e.hint());
    }
  }
}
