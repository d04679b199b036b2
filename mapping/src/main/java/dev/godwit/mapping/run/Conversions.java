package dev.godwit.mapping.run;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.document.DocumentShape;
import dev.godwit.mapping.document.DocumentsToRows;
import dev.godwit.mapping.document.RowsToDocuments;
import dev.godwit.mapping.keyvalue.DocumentsToKeys;
import dev.godwit.mapping.keyvalue.KeptDocuments;
import dev.godwit.mapping.keyvalue.KeptKeys;
import dev.godwit.mapping.keyvalue.Keying;
import dev.godwit.mapping.keyvalue.KeysToKeys;
import dev.godwit.mapping.keyvalue.KeysToRows;
import dev.godwit.mapping.keyvalue.RowsToKeys;
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
   * @param keying how keys are made of it, where the target holds such
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where a choice names a field that
   *     the dataset has not, or a type that its values cannot take
   */
  public static Conversion of(
      Dataset source,
      RecordForm target,
      OnLossy policy,
      List<FieldChoice> choices,
      Optional<DocumentShape> shape,
      Keying keying) {
    if (target instanceof RecordForm.KeyValues form) {
      return keys(source, form, keying, choices);
    } else if (KeyValues.in(source.schema())) {
      return ofKeys(source, target, policy, choices);
    }
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
    }
    refuse(source, choices);
    return new Same(source);
  }

  /** As the other, with keys that are made by default. */
  public static Conversion of(
      Dataset source,
      RecordForm target,
      OnLossy policy,
      List<FieldChoice> choices,
      Optional<DocumentShape> shape) {
    return of(source, target, policy, choices, shape, Keying.byDefault(source));
  }

  private static void refuse(Dataset source, List<FieldChoice> choices) {
    if (!choices.isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE, "the fields of " + source.name() + " cannot be chosen yet");
    }
  }

  /** Keys with values, of whatever was one already or becomes one. */
  private static Conversion keys(
      Dataset source, RecordForm.KeyValues form, Keying keying, List<FieldChoice> choices) {
    if (KeyValues.in(source.schema())) {
      refuse(source, choices);
      return new KeysToKeys(source, form);
    } else if (keying.template().isEmpty() && KeptKeys.fit(source.schema())) {
      refuse(source, choices);
      KeptKeys kept = new KeptKeys(source);
      return new Chained(kept, new KeysToKeys(kept.dataset(), form));
    }
    if (isDocuments(source)) {
      refuse(source, choices);
      if (keying.template().isEmpty() && keying.kept().isPresent()) {
        KeptDocuments kept = new KeptDocuments(source, keying.kept().get());
        return new Chained(kept, new KeysToKeys(kept.dataset(), form));
      }
      return new DocumentsToKeys(source, form.types().get(0), keying);
    }
    return new RowsToKeys(source, form.types().get(0), keying, choices);
  }

  private static Conversion ofKeys(
      Dataset source, RecordForm target, OnLossy policy, List<FieldChoice> choices) {
    KeysToRows rows = new KeysToRows(source);
    return new Chained(
        rows,
        target instanceof RecordForm.Rows form
            ? new RowsToRows(rows.dataset(), form, policy, choices)
            : new RowsToDocuments(rows.dataset(), choices));
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
