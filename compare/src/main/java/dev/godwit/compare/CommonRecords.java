package dev.godwit.compare;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.document.DocumentShape;
import dev.godwit.mapping.document.DocumentsToRows;
import dev.godwit.mapping.document.RowsToDocuments;
import dev.godwit.mapping.keyvalue.KeptKeys;
import dev.godwit.mapping.keyvalue.KeyTemplate;
import dev.godwit.mapping.keyvalue.RowsToKeys;
import dev.godwit.mapping.keyvalue.WholeExpiries;
import dev.godwit.mapping.run.Conversions;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.KeyValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How two datasets are brought to one form. Where one holds rows and the other documents, the one
 * is mapped as a migration would do it: rows to documents, but documents to rows where the columns
 * of the rows show that they were made of documents.
 *
 * @param records how the records are held against each other
 * @param ofA what becomes of A's records ahead of that; empty where they stay as they are
 * @param ofB likewise of B's
 */
record CommonRecords(PairedRecords records, Optional<Conversion> ofA, Optional<Conversion> ofB) {
  private static final List<String> MADE_OF_DOCUMENTS =
      List.of(DocumentsToRows.ID, DocumentsToRows.DOCUMENT);
  private static final RecordForm DOCUMENTS = new RecordForm.Documents();
  private static final RecordForm ROWS =
      (RecordForm.Rows) field -> new Placement(field, Placement.Fidelity.EXACT, "");

  /** A dataset that the other side has not, or has in the same form. */
  static CommonRecords alike(Dataset dataset) {
    return new CommonRecords(records(dataset, dataset), Optional.empty(), Optional.empty());
  }

  static CommonRecords of(Dataset a, Dataset b, SideShapes shapes) {
    boolean documentsA = Conversions.isDocuments(a);
    boolean documentsB = Conversions.isDocuments(b);
    if (KeyValues.in(a.schema()) || KeyValues.in(b.schema())) {
      return keys(a, b);
    }
    return rowsOrDocuments(a, b, shapes, documentsA, documentsB);
  }

  /** Keys are brought to the form that a migration would give them on the other side. */
  private static CommonRecords keys(Dataset a, Dataset b) {
    boolean keysA = KeyValues.in(a.schema());
    if (keysA && KeyValues.in(b.schema())) {
      long unit = Math.max(a.expiryMillis(), b.expiryMillis());
      return new CommonRecords(records(a, b), expiring(a, unit), expiring(b, unit));
    }
    Dataset keys = keysA ? a : b;
    Dataset other = keysA ? b : a;
    boolean documents = Conversions.isDocuments(other);
    if (!documents && !KeptKeys.fit(other.schema())) {
      throw new GodwitException(
          ExitCode.USAGE,
          "the keys of %s cannot be held against the columns of %s"
              .formatted(keys.name(), other.name()),
          "what a template made of rows is proved by --verify of migrate and restore");
    }
    Conversion conversion = of(keys, documents ? DOCUMENTS : ROWS, Optional.empty());
    Dataset made = conversion.dataset();
    return keysA
        ? new CommonRecords(records(made, b), Optional.of(conversion), Optional.empty())
        : new CommonRecords(records(a, made), Optional.empty(), Optional.of(conversion));
  }

  /** A store that keeps expiries in a coarser unit has cut those that it was given. */
  private static Optional<Conversion> expiring(Dataset keys, long unit) {
    return keys.expiryMillis() < unit
        ? Optional.of(new WholeExpiries(keys, unit))
        : Optional.empty();
  }

  private static CommonRecords rowsOrDocuments(
      Dataset a, Dataset b, SideShapes shapes, boolean documentsA, boolean documentsB) {
    if (documentsA == documentsB) {
      return new CommonRecords(records(a, b), Optional.empty(), Optional.empty());
    }
    Dataset rows = documentsA ? b : a;
    Dataset documents = documentsA ? a : b;
    boolean toRows = madeOfDocuments(rows);
    Optional<DocumentShape> shape =
        toRows && isFlat(rows)
            ? Optional.of(shapes.of(documentsA ? Side.A : Side.B, documents))
            : Optional.empty();
    Conversion conversion = toRows ? of(documents, ROWS, shape) : of(rows, DOCUMENTS, shape);
    Dataset made = conversion.dataset();
    return documentsA == toRows
        ? new CommonRecords(records(made, b), Optional.of(conversion), Optional.empty())
        : new CommonRecords(records(a, made), Optional.empty(), Optional.of(conversion));
  }

  /** Any table may have columns of these names: that documents became is JSON, and never null. */
  private static boolean madeOfDocuments(Dataset rows) {
    List<Field> fields = rows.schema().getFields();
    List<String> key = rows.key();
    return fields.stream().map(Field::getName).toList().containsAll(MADE_OF_DOCUMENTS)
        && FieldKind.of(rows.schema().findField(DocumentsToRows.DOCUMENT)) == FieldKind.JSON
        && rows.required().contains(DocumentsToRows.DOCUMENT)
        && (key.isEmpty() || key.equals(List.of(DocumentsToRows.ID)));
  }

  /** Whether fields of the documents became columns, of which the shape of all of them tells. */
  private static boolean isFlat(Dataset rows) {
    return rows.schema().getFields().size() > MADE_OF_DOCUMENTS.size()
        || FieldKind.of(rows.schema().findField(DocumentsToRows.ID)) != FieldKind.TEXT;
  }

  private static Conversion of(Dataset dataset, RecordForm form, Optional<DocumentShape> shape) {
    return Conversions.of(dataset, form, OnLossy.WARN, List.of(), shape);
  }

  private static PairedRecords records(Dataset a, Dataset b) {
    if (Conversions.isDocuments(a)) {
      return new PairedDocuments(a.name(), hasId(a) && hasId(b));
    } else if (!KeyValues.in(a.schema()) || !KeyValues.in(b.schema())) {
      return new PairedRows(a.name(), Alignment.of(a, b));
    }
    String template = a.attributes().get(RowsToKeys.TEMPLATE);
    boolean alike = template == null && a.schema().equals(b.schema());
    PairedKeys keys =
        new PairedKeys(
            new PairedRows(
                a.name(), alike ? Alignment.of(a, b) : Alignment.of(common(a), common(b))));
    return template == null ? keys : new OwnKeys(keys, KeyTemplate.parse(template));
  }

  /** Keys with values without the columns that only one engine has. */
  private static Dataset common(Dataset keys) {
    return new Dataset(
        keys.name(),
        keys.kind(),
        KeyValues.SCHEMA,
        keys.required(),
        keys.key(),
        List.of(),
        List.of(),
        "",
        keys.estimate(),
        Map.of());
  }

  /** Whether the {@code _id} says anything: not where rows without a key were given one. */
  private static boolean hasId(Dataset documents) {
    return !documents.attributes().getOrDefault(RowsToDocuments.ID_OF, "-").isEmpty();
  }
}
