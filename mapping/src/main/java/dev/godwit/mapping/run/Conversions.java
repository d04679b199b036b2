package dev.godwit.mapping.run;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.document.DocumentShape;
import dev.godwit.mapping.document.DocumentsToRows;
import dev.godwit.mapping.document.RowsToDocuments;
import dev.godwit.mapping.row.RowsToRows;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.KeyValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/** Chooses what becomes of a dataset in another kind of store. */
public final class Conversions {
  private Conversions() {}

  /**
   * The conversion of a dataset of another engine than the target's.
   *
   * @param choices what the user wants of its fields; every other field has its default
   * @param shape of documents that are to become typed columns
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where a choice names a field that
   *     the dataset has not, or a type that its values cannot take
   */
  public static Conversion of(
      Dataset source,
      RecordForm target,
      OnLossy policy,
      List<FieldChoice> choices,
      Optional<DocumentShape> shape) {
    boolean documents = isDocuments(source);
    if (target instanceof RecordForm.Documents && !documents) {
      return new RowsToDocuments(source, choices);
    } else if (target instanceof RecordForm.Rows form && documents) {
      Conversion byDefault = rows(source, form, List.of(), shape);
      return choices.isEmpty()
          ? byDefault
          : rows(source, form, withoutTypes(choices, byDefault.fields()), shape);
    } else if (target instanceof RecordForm.Rows form) {
      return new RowsToRows(source, form, policy, choices);
    } else if (target instanceof RecordForm.KeyValues && !KeyValues.in(source.schema())) {
      throw new GodwitException(
          ExitCode.USAGE,
          "the records of " + source.name() + " cannot become keys with values yet");
    } else if (!choices.isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE, "the fields of " + source.name() + " cannot be chosen yet");
    }
    return new Same(source);
  }

  private static Conversion rows(
      Dataset documents,
      RecordForm.Rows form,
      List<FieldChoice> choices,
      Optional<DocumentShape> shape) {
    DocumentsToRows rows = new DocumentsToRows(documents, shape, choices);
    // What of it may be lost is asked for already, and its columns stay of their types.
    return new Chained(rows, new RowsToRows(rows.dataset(), form, OnLossy.FAIL, List.of()));
  }

  /** A choice of the type that a field has anyway is none. */
  private static List<FieldChoice> withoutTypes(
      List<FieldChoice> choices, List<FieldMapping> byDefault) {
    Map<String, String> types = new HashMap<>();
    byDefault.forEach(
        field ->
            types.put(
                field.source().getName(), Fields.nativeType(field.target().field()).orElse("")));
    return choices.stream()
        .map(
            c ->
                Objects.equals(c.type(), types.get(c.source()))
                    ? new FieldChoice(c.source(), c.name(), null)
                    : c)
        .toList();
  }

  /** Whether a dataset holds documents: one column of raw BSON. */
  public static boolean isDocuments(Dataset dataset) {
    List<Field> fields = dataset.schema().getFields();
    return fields.size() == 1 && FieldKind.of(fields.get(0)) == FieldKind.BSON;
  }

  /** Records that need not change. */
  private record Same(Dataset dataset) implements Conversion {
    @Override
    public List<FieldMapping> fields() {
      return dataset.schema().getFields().stream()
          .map(f -> new FieldMapping(f, new Placement(f, Placement.Fidelity.EXACT, "")))
          .toList();
    }

    @Override
    public RecordReader reading(
        Partition partition, RecordReader source, Losses losses, BufferAllocator allocator) {
      return source;
    }
  }
}
